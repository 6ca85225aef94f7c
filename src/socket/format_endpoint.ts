import type { Endpoint } from "./socket.ts";

/** `host:port`, an IPv6 address in brackets: for messages. */
export function formatEndpoint({ hostname, port }: Endpoint): string {
  return hostname.includes(":") ? `[${hostname}]:${port}` : `${hostname}:${port}`;
}
