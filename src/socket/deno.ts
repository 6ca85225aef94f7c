import { abortable } from "./abortable.ts";
import type { DenoNet, DenoTcpConn } from "./deno_net.ts";
import { DenoSocket } from "./deno_socket.ts";
import { dialDenoTls } from "./deno_tls.ts";
import type { Endpoint, Socket, SocketAdapter, SocketConnectOptions } from "./socket.ts";
import { tlsName } from "./tls_name.ts";

/** Sockets of `Deno.connect`; needs `--allow-net` only. */
export const denoAdapter: SocketAdapter = { name: "deno", connect: dial };

async function dial(endpoint: Endpoint, options: SocketConnectOptions): Promise<Socket> {
  const { signal, tls } = options;
  signal.throwIfAborted();
  // Deno.startTls takes no client certificate, and Deno.connectTls no name but that of the host. node:tls takes both.
  if (tls?.client !== undefined && tlsName(endpoint, tls) !== endpoint.hostname) {
    return (await import("./node.ts")).nodeAdapter.connect(endpoint, options);
  }
  const deno = (globalThis as unknown as { Deno: DenoNet }).Deno;
  const tcp = (): Promise<DenoTcpConn> => connectTcp(deno, endpoint, signal);
  const conn = tls === undefined ? await tcp() : await dialDenoTls(deno, endpoint, { tls, signal, tcp });
  conn.unref();
  return new DenoSocket(conn, endpoint);
}

async function connectTcp(deno: DenoNet, { hostname, port }: Endpoint, signal: AbortSignal): Promise<DenoTcpConn> {
  const cancel = new AbortController();
  // Deno.connect loses a connection that is there already when its signal fires: with the connection in hand it calls `throwIfAborted`.
  // This signal does not throw, so that the late connection is given, and closed.
  Object.defineProperty(cancel.signal, "throwIfAborted", { value: () => {} });
  try {
    const conn = await abortable(deno.connect({ hostname, port, signal: cancel.signal }), signal, (late) => late.close());
    conn.setNoDelay(true);
    return conn;
  } catch (error) {
    cancel.abort();
    throw error;
  }
}
