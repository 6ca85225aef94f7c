import type { DenoConn } from "./deno_socket.ts";

/** What the adapter needs of the global `Deno`. */
export interface DenoNet {
  connect(options: { hostname: string; port: number; signal: AbortSignal }): Promise<DenoTcpConn>;
  startTls(conn: DenoTcpConn, options: { hostname: string; caCerts: string[] }): Promise<DenoTlsConn>;
  connectTls(options: { hostname: string; port: number; caCerts: string[]; cert: string; key: string }): Promise<DenoTlsConn>;
}

/** What it needs of `Deno.TcpConn`. */
export interface DenoTcpConn extends DenoConn {
  setNoDelay(noDelay: boolean): void;
}

/** What it needs of `Deno.TlsConn`. */
export interface DenoTlsConn extends DenoConn {
  handshake(): Promise<unknown>;
}
