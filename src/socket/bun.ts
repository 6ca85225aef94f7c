import { abortable } from "./abortable.ts";
import { type BunHandlers, BunSocket, type BunTcpSocket } from "./bun_socket.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "./socket.ts";

/** What this adapter needs of the global `Bun`. */
interface BunNet {
  connect(options: { hostname: string; port: number; socket: BunHandlers }): Promise<BunTcpSocket>;
}

/** Sockets of `Bun.connect`. */
export const bunAdapter: SocketAdapter = { name: "bun", connect: dial };

async function dial(endpoint: Endpoint, options: SocketConnectOptions): Promise<Socket> {
  const { signal, tls } = options;
  // Bun.connect before 1.4 neither refuses a bad certificate nor compares the name; node:tls can be made to do both.
  if (tls !== undefined) return (await import("./node.ts")).nodeAdapter.connect(endpoint, options);
  signal.throwIfAborted();
  const bun = (globalThis as unknown as { Bun: BunNet }).Bun;
  const { hostname, port } = endpoint;
  const socket = new BunSocket(endpoint);
  // Bun cannot be told to give up a dial: where nothing answers, an aborted one stays until the system gives up.
  await abortable(bun.connect({ hostname, port, socket: socket.handlers }), signal, () => socket.close());
  return socket;
}
