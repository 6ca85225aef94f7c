import { NameServerConnectionError } from "../errors.ts";
import { formatEndpoint } from "./format_endpoint.ts";
import type { Endpoint } from "./socket.ts";

/** The error of a write on a connection that either side has closed. */
export function closedError(endpoint: Endpoint): NameServerConnectionError {
  const address = formatEndpoint(endpoint);
  return new NameServerConnectionError(`Cannot write to "${address}": connection is closed`, { code: "NAMESRV_CONNECTION_LOST", address });
}
