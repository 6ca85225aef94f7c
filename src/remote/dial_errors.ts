import { NameServerConnectionError } from "../errors.ts";
import { reasonOf } from "./reason_of.ts";

/** The error of a dial that the runtime gave up. */
export function dialRefused(address: string, cause: unknown): NameServerConnectionError {
  return new NameServerConnectionError(`Cannot connect to "${address}": ${reasonOf(cause)}`, { code: "NAMESRV_CONNECT", address, cause });
}

/** The error of a dial that took longer than `connectTimeoutMs`. */
export function dialTimedOut(address: string, connectTimeoutMs: number): NameServerConnectionError {
  return new NameServerConnectionError(`Cannot connect to "${address}": no answer within ${connectTimeoutMs} ms`, {
    code: "NAMESRV_CONNECT_TIMEOUT",
    address,
  });
}
