import type { TLSSocket } from "node:tls";
import { NodeSocket } from "./node_socket.ts";
import { tlsConnectOptions, verifyTls } from "./node_tls_session.ts";
import type { Endpoint, Socket, TlsOptions } from "./socket.ts";
import { tlsError } from "./tls_error.ts";
import { tlsName } from "./tls_name.ts";

/** Dials with `node:tls` and verifies the server. */
export async function dialNodeTls(endpoint: Endpoint, tls: TlsOptions, signal: AbortSignal): Promise<Socket> {
  const nodeTls = await import("node:tls");
  const { isIP } = await import("node:net");
  signal.throwIfAborted();
  const name = tlsName(endpoint, tls);
  let stream: TLSSocket | undefined;
  let socket: NodeSocket | undefined;
  let reached = false;
  try {
    const options = tlsConnectOptions(nodeTls, isIP(name) !== 0, endpoint, tls);
    socket = new NodeSocket(endpoint, (onread) => stream = nodeTls.connect(Object.assign(options, { onread })));
    stream!.once("connect", () => reached = true);
    await socket.opened("secureConnect", signal);
    verifyTls(nodeTls, stream!, name);
    return socket;
  } catch (error) {
    socket?.close();
    if (signal.aborted) throw signal.reason;
    // Without a stream it was an authority, a certificate or a key that could not be read.
    throw reached || stream === undefined ? tlsError(endpoint, error) : error;
  }
}
