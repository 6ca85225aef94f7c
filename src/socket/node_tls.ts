import type { ConnectionOptions, SecureContext, TLSSocket } from "node:tls";
import { NodeSocket } from "./node_socket.ts";
import type { Endpoint, Socket, TlsOptions } from "./socket.ts";
import { tlsError } from "./tls_error.ts";
import { tlsName } from "./tls_name.ts";

type NodeTls = typeof import("node:tls");

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
    // RFC 6066, section 3: no address in the server name extension.
    const options = { ...connectOptions(nodeTls, endpoint, tls), servername: isIP(name) === 0 ? name : "" };
    socket = new NodeSocket(endpoint, (onread) => stream = nodeTls.connect(Object.assign(options, { onread })));
    stream!.once("connect", () => reached = true);
    await socket.opened("secureConnect", signal);
    verify(nodeTls, stream!, name);
    return socket;
  } catch (error) {
    socket?.close();
    if (signal.aborted) throw signal.reason;
    // Without a stream it was an authority, a certificate or a key that could not be read.
    throw reached || stream === undefined ? tlsError(endpoint, error) : error;
  }
}

function connectOptions(nodeTls: NodeTls, endpoint: Endpoint, tls: TlsOptions): ConnectionOptions {
  const name = tlsName(endpoint, tls);
  return {
    host: endpoint.hostname,
    port: endpoint.port,
    checkServerIdentity: (_host, certificate) => nodeTls.checkServerIdentity(name, certificate),
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
    rejectUnauthorized: true,
    secureContext: secureContext(nodeTls, tls),
  };
}

/** One for each `TlsOptions` object: Node 20 takes some 45 ms to read all the usual authorities again. */
const contexts = new WeakMap<TlsOptions, SecureContext>();

function secureContext(nodeTls: NodeTls, tls: TlsOptions): SecureContext {
  const known = contexts.get(tls);
  if (known !== undefined) return known;
  // `ca` replaces the usual authorities. Node before 22.15 has no list of them that counts NODE_EXTRA_CA_CERTS.
  const usual = (): readonly string[] => nodeTls.getCACertificates?.("default") ?? nodeTls.rootCertificates;
  const context = nodeTls.createSecureContext({ ...(tls.caCerts && { ca: [...usual(), ...tls.caCerts] }), ...tls.client });
  contexts.set(tls, context);
  return context;
}

/** Once more what the runtime has done: Bun before 1.4 leaves an address unchecked, and takes garbage for a handshake. */
function verify(nodeTls: NodeTls, stream: TLSSocket, name: string): void {
  const error = stream.authorized ? nodeTls.checkServerIdentity(name, stream.getPeerCertificate()) : stream.authorizationError;
  if (error) throw error;
}
