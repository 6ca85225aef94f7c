import { NameServerTimeoutError } from "../errors.ts";
import { RequestCode } from "../protocol/codes.ts";
import { FLAG_ONEWAY } from "../protocol/command.ts";
import { describeOperation } from "../request/describe_operation.ts";
import { operationOf } from "../request/operation.ts";
import type { Call } from "./call.ts";

/** Requests that servers know since 5.0. */
const SINCE_5: ReadonlySet<number> = new Set([
  RequestCode.REGISTER_TOPIC_IN_NAMESRV,
  RequestCode.GET_BROKER_MEMBER_GROUP,
  RequestCode.BROKER_HEARTBEAT,
]);

/** What a message has to know of a call. */
export type TimedOut = Pick<Call, "init" | "sequence">;

/** The error of a call whose time is over. */
export function timeoutError(call: TimedOut, address: string): NameServerTimeoutError {
  const { command, operation, timeoutMs } = call.init;
  const at = `Cannot ${describeOperation(operation)} ${command === undefined ? "to" : "at"} "${address}"`;
  const within = `within ${Math.round(timeoutMs)} ms`;
  return new NameServerTimeoutError(`${at}: ${missing(call)} ${within}${hint(call)}`, { timeoutMs, address, operation });
}

/** What did not happen in time. */
function missing({ init: { command }, sequence }: TimedOut): string {
  if (command === undefined) return "not connected";
  return sequence === 0 || (command.flag & FLAG_ONEWAY) !== 0 ? "not sent" : "no answer";
}

function hint({ init: { command }, sequence }: TimedOut): string {
  if (command === undefined || sequence === 0) return "";
  const unknownTo4 = SINCE_5.has(command.code) || operationOf(command.code) === undefined;
  return unknownTo4 ? "; servers of 4.x do not answer requests unknown to them" : "";
}
