import { abortable } from "./abortable.ts";
import { EdgeSocket, type EdgeStreams } from "./edge_socket.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions, TlsOptions } from "./socket.ts";
import { formatEndpoint } from "./format_endpoint.ts";
import { tlsError } from "./tls_error.ts";

/**
 * The shape of `connect` from `cloudflare:sockets`.
 *
 * @param address Where to dial.
 * @param options `secureTransport`: whether the platform is to speak TLS. `allowHalfOpen`, which Cloudflare's own types require, is always
 * given.
 */
export type EdgeDial = (
  address: { hostname: string; port: number },
  options?: { secureTransport?: "on" | "off" | "starttls"; allowHalfOpen: boolean },
) => EdgeStreams;

/**
 * Sockets of a platform that has web streams: Cloudflare Workers, and what imitates them. The platform's own function is passed in, so that
 * nothing here imports a platform.
 *
 * @param dial `connect` of `cloudflare:sockets`, or a function like it.
 */
export function edgeAdapter(dial: EdgeDial): SocketAdapter {
  return { name: "edge", connect: (endpoint, options) => open(dial, endpoint, options) };
}

async function open(dial: EdgeDial, endpoint: Endpoint, { signal, tls }: SocketConnectOptions): Promise<Socket> {
  if (tls !== undefined) assertSupported(endpoint, tls);
  signal.throwIfAborted();
  const { hostname, port } = endpoint;
  const streams = dial({ hostname, port }, { secureTransport: tls === undefined ? "off" : "on", allowHalfOpen: false });
  const socket = new EdgeSocket(streams, endpoint);
  try {
    await abortable(streams.opened, signal, () => {});
    return socket;
  } catch (error) {
    socket.close();
    throw signal.aborted || !isTlsFailure(error, tls) ? error : tlsError(endpoint, error);
  }
}

/** The platform verifies by its own rules, so a wish it cannot fulfil is refused rather than dropped. */
function assertSupported(endpoint: Endpoint, tls: TlsOptions): void {
  const wishes = [
    tls.serverName !== undefined && tls.serverName !== endpoint.hostname && "serverName",
    tls.caCerts !== undefined && tls.caCerts.length > 0 && "caCerts",
    tls.client !== undefined && "client",
  ].filter((wish) => wish !== false);
  if (wishes.length === 0) return;
  throw new TypeError(`Cannot dial "${formatEndpoint(endpoint)}": edge sockets take no TLS option "${wishes.join('", "')}"`);
}

/** The platform has one way to say that a dial failed: only its words tell TLS from the rest. */
function isTlsFailure(error: unknown, tls: TlsOptions | undefined): boolean {
  return tls !== undefined && /\b(tls|ssl|certificate|handshake)\b/i.test(String(error));
}
