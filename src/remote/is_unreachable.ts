import { NameServerError, NameServerUnavailableError } from "../errors.ts";
import type { NameServerErrorCode } from "../errors.ts";

const DIAL_FAILED: ReadonlySet<NameServerErrorCode> = new Set<NameServerErrorCode>(["NAMESRV_CONNECT", "NAMESRV_CONNECT_TIMEOUT"]);

/** Whether a call failed because no server could be dialled, so that nothing was sent. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof NameServerUnavailableError) return error.errors.every(isUnreachable);
  return error instanceof NameServerError && DIAL_FAILED.has(error.code);
}
