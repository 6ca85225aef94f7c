import { responseError } from "../request/response_error.ts";
import type { RemoteEvent } from "./events.ts";
import type { Outcome } from "./outcome.ts";
import type { Step } from "./policy.ts";

/** The event of a call that goes on at another server, for what came of its last step; `undefined` where it does not. */
export function failover(step: Step, outcome: Outcome | undefined, next: Step, operation: string | undefined): RemoteEvent | undefined {
  if (step.type === "sleep" || next.type === "sleep" || step.address === next.address) return undefined;
  const { address: from } = step, { address: to } = next;
  if (outcome?.type === "failure") return { type: "failover", from, to, error: outcome.error };
  if (outcome?.type === "answer") return { type: "failover", from, to, error: responseError(outcome.response, operation) };
  return undefined;
}
