import type { NameServerError } from "../errors.ts";
import { endpointOf } from "../remote/address.ts";
import { dialRefused } from "../remote/dial_errors.ts";
import { lostConnection } from "../remote/lost_connection.ts";
import { tlsError } from "../socket/tls_error.ts";
import type { LinkFailure } from "./pump/messages.ts";

/** The error of a link that the pump could not open, or that broke. */
export function linkFailure(address: string, payload: Uint8Array, wasOpen: boolean): NameServerError {
  const { name, message, code, tls } = JSON.parse(new TextDecoder().decode(payload)) as LinkFailure;
  const cause = Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
  if (tls) return tlsError(endpointOf(address), cause);
  return wasOpen ? lostConnection(address, message, cause) : dialRefused(address, cause);
}
