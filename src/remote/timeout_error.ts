import { NameServerTimeoutError } from "../errors.ts";
import { RequestCode } from "../protocol/codes.ts";
import { describeOperation } from "../request/describe_operation.ts";
import { operationOf } from "../request/operation.ts";
import type { Call } from "./call.ts";

/** Requests that servers know since 5.0. */
const SINCE_5: ReadonlySet<number> = new Set([
  RequestCode.REGISTER_TOPIC_IN_NAMESRV,
  RequestCode.GET_BROKER_MEMBER_GROUP,
  RequestCode.BROKER_HEARTBEAT,
]);

/** The error of a call whose time is over. */
export function timeoutError(call: Call, address: string): NameServerTimeoutError {
  const { command, operation, timeoutMs } = call.init;
  const sent = call.sequence !== 0;
  const code = command?.code ?? 0;
  const unknownTo4 = sent && (SINCE_5.has(code) || operationOf(code) === undefined);
  const hint = unknownTo4 ? "; servers of 4.x do not answer requests unknown to them" : "";
  const message = `Cannot ${describeOperation(operation)} at "${address}": ${sent ? "no answer" : "not sent"} within ${
    Math.round(timeoutMs)
  } ms${hint}`;
  return new NameServerTimeoutError(message, { timeoutMs, address, operation });
}
