import { NameServerConnectionError } from "../errors.ts";

/** The error of a connection that was open and is no more. */
export function lostConnection(address: string, reason: string, cause?: unknown): NameServerConnectionError {
  const message = `Lost connection to "${address}": ${reason}`;
  return new NameServerConnectionError(message, { code: "NAMESRV_CONNECTION_LOST", address, cause });
}
