import { checkTimeout } from "./options.ts";
import type { PolicyCall } from "./policy.ts";

/** What the options of a call say, with those of the remote where they say nothing. @throws {RangeError} If the timeout is out of its range. */
export function policyCall(
  operation: string | undefined,
  options: { readonly timeoutMs?: number; readonly idempotent?: boolean },
  defaults: { readonly timeoutMs: number; readonly retries: number },
  startedAt: number,
): PolicyCall {
  const timeoutMs = options.timeoutMs === undefined ? defaults.timeoutMs : checkTimeout("timeoutMs", options.timeoutMs);
  return { operation, idempotent: options.idempotent ?? false, startedAt, timeoutMs, retries: defaults.retries };
}
