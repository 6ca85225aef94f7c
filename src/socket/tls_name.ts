import type { Endpoint, TlsOptions } from "./socket.ts";

/** The name that the server's certificate must carry. */
export function tlsName(endpoint: Endpoint, tls: TlsOptions): string {
  // A zone id says through which interface to dial; no certificate has one.
  return tls.serverName ?? endpoint.hostname.replace(/%.*$/, "");
}
