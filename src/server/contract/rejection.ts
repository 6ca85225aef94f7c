import { expect } from "./expect.ts";
import { within } from "./within.ts";

/** What a promise rejects with. @throws {Error} Where it resolves. @param what The expectation, as a clause: `"write() rejects"`. */
export async function rejection(promise: Promise<unknown>, what: string): Promise<unknown> {
  const outcome = await within(promise.then(() => undefined, (error: unknown) => ({ error })), what);
  expect(outcome !== undefined, what);
  return outcome.error;
}
