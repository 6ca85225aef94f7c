import { connect } from "node:net";
import { NodeSocket } from "./node_socket.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "./socket.ts";

// node:net is imported statically because this file is reached where it is wanted only: from the entry "./node", and by dynamic imports of
// detect.ts (in Node) and of the other adapters (for TLS). node:tls costs as much again to load and waits for the first TLS dial.

/** Sockets of `node:net` and `node:tls`, which Deno and Bun have, too. */
export const nodeAdapter: SocketAdapter = { name: "node", connect: dial };

async function dial(endpoint: Endpoint, { signal, tls }: SocketConnectOptions): Promise<Socket> {
  signal.throwIfAborted();
  if (tls !== undefined) return (await import("./node_tls.ts")).dialTls(endpoint, tls, signal);
  const { hostname: host, port } = endpoint;
  const socket = new NodeSocket(endpoint, (onread) => connect({ host, port, noDelay: true, onread }));
  await socket.opened("connect", signal);
  return socket;
}
