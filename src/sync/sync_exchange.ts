import type { CallInit } from "../remote/call.ts";
import type { Outcome } from "../remote/outcome.ts";

/** A step of a call that is being performed on a connection: waits to be sent, then for its answer. */
export interface SyncExchange {
  /** What is sent, and for how long. */
  readonly init: CallInit;
  /** When its time is over, on the clock of `performance.now`. */
  readonly until: number;
  /** int32 that the answer will carry; 0 until it is sent. */
  opaque: number;
  /** 1 once the worker has got it. */
  sequence: number;
  /** How it went, once that is known. */
  outcome: Outcome | undefined;
}
