/**
 * The seam between this package and a runtime: how a socket is opened, read, written and closed. `adapterContract` of `./testing` checks an
 * implementation against what is written here.
 *
 * @module
 */

/** Where to dial. */
export interface Endpoint {
  /** Host name, IPv4 address or IPv6 address without brackets. */
  readonly hostname: string;
  /** TCP port, 1–65535. */
  readonly port: number;
}

/** How a server is verified, and the client made known to it. */
export interface TlsOptions {
  /** Name checked against the certificate. @default {the host dialled} */
  readonly serverName?: string;
  /** Further certificate authorities, PEM. */
  readonly caCerts?: readonly string[];
  /** Client certificate and key, PEM. */
  readonly client?: { readonly cert: string; readonly key: string };
}

/** How a socket is opened. */
export interface SocketConnectOptions {
  /** Ends the dial: it rejects with the signal's reason. Has no effect on a socket that is open. */
  readonly signal: AbortSignal;
  /** Verified TLS. Left out: plain TCP. */
  readonly tls?: TlsOptions;
}

/** Opens sockets of one runtime. Stateless: clients share it. */
export interface SocketAdapter {
  /** For messages and events: `"deno"`, `"node"`, … */
  readonly name: string;
  /**
   * Opens a socket. Rejects with the runtime's own error, with a `NameServerConnectionError` of code `NAMESRV_TLS` (its `cause` the
   * runtime's) where TLS failed, or with `signal.reason`; then it leaves nothing open: a socket that arrives late is closed.
   */
  connect(endpoint: Endpoint, options: SocketConnectOptions): Promise<Socket>;
}

/**
 * A connected byte stream: one reader, any number of writers. An open socket by itself does not keep the process alive; a pending `write` or
 * dial may.
 */
export interface Socket {
  /**
   * Gives at least one byte, valid until the next `read` (adapters reuse the buffer), or `null` for good once no more will come, whichever
   * side closed. Bytes nobody reads yet are bounded: the adapter stops taking them from the network.
   *
   * Rejects with the runtime's error where the connection broke (a reset); then gives `null`.
   */
  read(): Promise<Uint8Array | null>;
  /**
   * Resolves when every byte was handed over to the system, and the caller owns `bytes` again; concurrent writes keep their order. Rejects
   * where the connection is closed or broken.
   */
  write(bytes: Uint8Array): Promise<void>;
  /** Closes both ways at once. Idempotent, never throws; a pending `read` gives `null`, a pending `write` rejects. */
  close(): void;
}
