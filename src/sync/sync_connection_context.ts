import type { FrameOptions } from "../remote/write_frame.ts";
import type { TlsOptions } from "../socket/socket.ts";
import type { SyncConnection } from "./sync_connection.ts";

/** How a connection is opened and used. */
export interface SyncConnectionOptions extends FrameOptions {
  readonly tls: TlsOptions | undefined;
  readonly connectTimeoutMs: number;
}

/** What a connection needs of its session. */
export interface SyncConnectionOwner {
  /** The connection takes no more calls. */
  onClosed(connection: SyncConnection): void;
  /** The connection may be half-open: new calls are to use another. @returns Whether it is to be probed; one at a time is, of each server. */
  onSuspect(connection: SyncConnection): boolean;
  /** It is not half-open. */
  onAlive(connection: SyncConnection): void;
}
