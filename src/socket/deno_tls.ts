import { abortable } from "./abortable.ts";
import type { DenoNet, DenoTcpConn, DenoTlsConn } from "./deno_net.ts";
import type { Endpoint, TlsOptions } from "./socket.ts";
import { tlsError } from "./tls_error.ts";
import { tlsName } from "./tls_name.ts";

/** How {@link dialDenoTls} dials. */
export interface DenoTlsDial {
  readonly tls: TlsOptions;
  readonly signal: AbortSignal;
  /** Opens the TCP connection. */
  readonly tcp: () => Promise<DenoTcpConn>;
}

/**
 * Dials, and completes the handshake, which Deno would leave to the first read or write.
 *
 * Why not `node:tls`: there Deno asks for `--allow-sys` to read the usual authorities, and goes on reading what nobody wants. The price: a
 * handshake that is aborted keeps its connection until the server closes it, since Deno's TLS streams finish their handshake first.
 */
export async function dialDenoTls(deno: DenoNet, endpoint: Endpoint, dial: DenoTlsDial): Promise<DenoTlsConn> {
  const { signal, tls } = dial;
  const conn = tls.client === undefined ? await upgrade(deno, endpoint, dial) : await connect(deno, endpoint, dial, tls.client);
  try {
    await abortable(conn.handshake(), signal, () => {});
    return conn;
  } catch (error) {
    conn.close();
    throw signal.aborted ? signal.reason : tlsError(endpoint, error);
  }
}

async function upgrade(deno: DenoNet, endpoint: Endpoint, { tls, tcp }: DenoTlsDial): Promise<DenoTlsConn> {
  const conn = await tcp();
  try {
    return await deno.startTls(conn, { hostname: tlsName(endpoint, tls), caCerts: [...tls.caCerts ?? []] });
  } catch (error) {
    closeIfOpen(conn);
    throw tlsError(endpoint, error);
  }
}

type ClientCertificate = NonNullable<TlsOptions["client"]>;

/** Without a signal: where nothing answers the dial, it goes on after an abort until the system gives up. */
async function connect(deno: DenoNet, endpoint: Endpoint, dial: DenoTlsDial, client: ClientCertificate): Promise<DenoTlsConn> {
  const { hostname, port } = endpoint;
  try {
    const opening = deno.connectTls({ hostname, port, caCerts: [...dial.tls.caCerts ?? []], cert: client.cert, key: client.key });
    return await abortable(opening, dial.signal, (late) => late.close());
  } catch (error) {
    // An authority, a certificate or a key that Deno cannot read. TCP fails in other ways.
    throw error instanceof Error && error.name === "InvalidData" ? tlsError(endpoint, error) : error;
  }
}

function closeIfOpen(conn: DenoTcpConn): void {
  try {
    conn.close();
  } catch {
    // Deno.startTls had taken it over already, and has closed it.
  }
}
