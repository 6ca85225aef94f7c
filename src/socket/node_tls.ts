import * as nodeTls from "node:tls";
import { isIP, type OnReadOpts } from "node:net";
import { NodeSocket } from "./node_socket.ts";
import type { Endpoint, Socket, TlsOptions } from "./socket.ts";
import { tlsError } from "./tls_error.ts";
import { tlsName } from "./tls_name.ts";

/** Dials with `node:tls` and verifies the server. */
export async function dialTls(endpoint: Endpoint, tls: TlsOptions, signal: AbortSignal): Promise<Socket> {
  signal.throwIfAborted();
  let stream: nodeTls.TLSSocket | undefined;
  let reached = false;
  let socket: NodeSocket | undefined;
  try {
    socket = new NodeSocket(endpoint, (onread) => stream = nodeTls.connect(connectOptions(endpoint, tls, onread)));
    stream!.once("connect", () => reached = true);
    await socket.opened("secureConnect", signal);
    verify(stream!, tlsName(endpoint, tls));
    return socket;
  } catch (error) {
    socket?.close();
    if (signal.aborted) throw signal.reason;
    // Without a stream it was a certificate or a key that could not be read.
    throw reached || stream === undefined ? tlsError(endpoint, error) : error;
  }
}

/** Node's declarations leave `onread` out: it is documented for `tls.connect`, too. */
type TlsConnectOptions = nodeTls.ConnectionOptions & { readonly onread: OnReadOpts };

function connectOptions(endpoint: Endpoint, tls: TlsOptions, onread: OnReadOpts): TlsConnectOptions {
  const name = tlsName(endpoint, tls);
  return {
    onread,
    host: endpoint.hostname,
    port: endpoint.port,
    // RFC 6066, section 3: no address in the server name extension
    servername: isIP(name) === 0 ? name : "",
    checkServerIdentity: (_host, certificate) => nodeTls.checkServerIdentity(name, certificate),
    // Named, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
    rejectUnauthorized: true,
    secureContext: secureContext(tls),
  };
}

/** Made once for each `TlsOptions` object: in Node 20 it takes some 45 ms to read all the usual authorities again. */
const contexts = new WeakMap<TlsOptions, nodeTls.SecureContext>();

function secureContext(tls: TlsOptions): nodeTls.SecureContext {
  const known = contexts.get(tls);
  if (known !== undefined) return known;
  const context = nodeTls.createSecureContext({
    // `ca` replaces the usual authorities, which Node 20 only has as a list.
    ...(tls.caCerts === undefined ? {} : { ca: [...usualAuthorities(), ...tls.caCerts] }),
    ...tls.client,
  });
  contexts.set(tls, context);
  return context;
}

function usualAuthorities(): readonly string[] {
  return nodeTls.getCACertificates?.("default") ?? nodeTls.rootCertificates;
}

/** Once more what the runtime has done: Bun before 1.4 leaves an address unchecked, and takes garbage for a handshake. */
function verify(stream: nodeTls.TLSSocket, name: string): void {
  const error = stream.authorized ? nodeTls.checkServerIdentity(name, stream.getPeerCertificate()) : stream.authorizationError;
  if (error) throw error;
}
