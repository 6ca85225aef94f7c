import { NameServerConnectionError } from "../errors.ts";
import { formatEndpoint } from "./format_endpoint.ts";
import type { Endpoint } from "./socket.ts";

/** The error of a TLS session that could not be set up, or that the server refused. */
export function tlsError(endpoint: Endpoint, cause: unknown): NameServerConnectionError {
  const address = formatEndpoint(endpoint);
  const reason = cause instanceof Error ? cause.message.trim() : String(cause);
  const advice = /before secure TLS|unexpected end of file/i.test(reason) ? ", as with a server that takes no TLS" : "";
  return new NameServerConnectionError(`Cannot set up TLS with "${address}": ${reason}${advice}`, { code: "NAMESRV_TLS", address, cause });
}
