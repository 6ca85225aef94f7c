import { EmbeddedNameServer } from "../../src/testing.ts";

/** An address of this machine on which nobody listens: one that was free a moment ago. */
export async function closedAddress(): Promise<string> {
  await using server = new EmbeddedNameServer();
  return (await server.listen()).address;
}
