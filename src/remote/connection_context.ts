import type { Connection } from "./connection.ts";
import type { Deadlines } from "./deadlines.ts";
import type { DialOptions } from "./dial.ts";
import type { RemoteEvent } from "./events.ts";
import type { Timers } from "./timers.ts";
import type { FrameOptions } from "./write_frame.ts";

/** How a connection is opened and used. */
export interface ConnectionOptions extends DialOptions, FrameOptions {
  readonly maxInFlight: number;
}

/** What a connection needs of its remote. */
export interface ConnectionContext {
  readonly deadlines: Deadlines;
  readonly timers: Timers;
  /** Takes an event. */
  publish(event: RemoteEvent): void;
  /** The connection takes no more calls. */
  onClosed(connection: Connection): void;
  /** The connection may be half-open: new calls are to use another. @returns Whether it is to be probed; one at a time is, of each server. */
  onSuspect(connection: Connection): boolean;
  /** It is not half-open. */
  onAlive(connection: Connection): void;
}
