import { NodeSocket } from "./node_socket.ts";
import { dialNodeTls } from "./node_tls.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "./socket.ts";

// node:net and node:tls are imported at the dial. In Deno they cost as much as the start of the program, node:tls does in Node, too; and a
// bundler that puts this file into a program for workerd or a browser would have them loaded there.

// A name is resolved at each dial, and all its addresses are tried: `autoSelectFamily` (250 ms each, said since it can be switched off for a
// process), as Deno.connect and Bun.connect do by themselves.

/** Sockets of `node:net` and `node:tls`, which Deno and Bun have, too. */
export const nodeAdapter: SocketAdapter = { name: "node", connect: dial };

async function dial(endpoint: Endpoint, { signal, tls }: SocketConnectOptions): Promise<Socket> {
  if (tls !== undefined) return dialNodeTls(endpoint, tls, signal);
  const { connect } = await import("node:net");
  signal.throwIfAborted();
  const { hostname: host, port } = endpoint;
  const socket = new NodeSocket(endpoint, (onread) => connect({ host, port, noDelay: true, autoSelectFamily: true, onread }));
  await socket.opened("connect", signal);
  return socket;
}
