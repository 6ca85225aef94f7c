import type { ConnectionOptions, SecureContext, TLSSocket } from "node:tls";
import type { Endpoint, TlsOptions } from "./socket.ts";
import { tlsName } from "./tls_name.ts";

/** The module, which is loaded only where it is needed. */
export type NodeTls = typeof import("node:tls");

/** The option of `node:net` that `node:tls` hands on, which its types do not say. */
type DialOptions = ConnectionOptions & { readonly autoSelectFamily: boolean };

/** What `node:tls` has to know to dial an endpoint and to verify it. @throws What OpenSSL says of a certificate or key it can't read. */
export function tlsConnectOptions(nodeTls: NodeTls, isIp: boolean, endpoint: Endpoint, tls: TlsOptions): DialOptions {
  const name = tlsName(endpoint, tls);
  return {
    host: endpoint.hostname,
    port: endpoint.port,
    autoSelectFamily: true, // as in node.ts
    servername: isIp ? "" : name, // RFC 6066, section 3: no address in the server name extension
    checkServerIdentity: (_host, certificate) => nodeTls.checkServerIdentity(name, certificate),
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED=0 changes the default.
    rejectUnauthorized: true,
    secureContext: secureContext(nodeTls, tls),
  };
}

/** Once more what the runtime has done: Bun before 1.4 leaves an address unchecked, and takes garbage for a handshake. */
export function verifyTls(nodeTls: NodeTls, stream: TLSSocket, name: string): void {
  const error = stream.authorized ? nodeTls.checkServerIdentity(name, stream.getPeerCertificate()) : stream.authorizationError;
  if (error) throw error;
}

/** A TLS 1.3 server refuses a client's certificate after the client's handshake is complete. */
export function isTlsAlert(error: Error): boolean {
  return "code" in error && String(error.code).startsWith("ERR_SSL_");
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
