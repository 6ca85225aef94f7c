import type { Socket } from "../socket/socket.ts";

/** A connection as a server holds it: it may also break it. */
export interface ServerSocket extends Socket {
  /** Closes so that the peer sees a reset, not an end. Idempotent. */
  reset(): void;
}
