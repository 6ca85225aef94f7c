import { NameServerConnectionError, NameServerError, withContext } from "../errors.ts";
import { reasonOf } from "./reason_of.ts";

/** The error of a connection that was open and is no more. */
export function lostConnection(address: string, reason: string, cause?: unknown): NameServerConnectionError {
  const message = `Lost connection to "${address}": ${reason}`;
  return new NameServerConnectionError(message, { code: "NAMESRV_CONNECTION_LOST", address, cause });
}

/** The error of a connection whose other end is gone without a word. */
export function deadConnection(address: string): NameServerConnectionError {
  return lostConnection(address, "nothing comes from it any more, and it does not answer a probe");
}

/** The error of a connection that something thrown ended: the same where it is one of ours. */
export function brokenConnection(address: string, error: unknown): NameServerError {
  return error instanceof NameServerError ? withContext(error, { address }) : lostConnection(address, reasonOf(error), error);
}
