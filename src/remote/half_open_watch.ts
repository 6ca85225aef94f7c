import { Liveness } from "./liveness.ts";
import type { Timers } from "./timers.ts";

/** A probe that nothing followed for so many milliseconds says that nobody is there. */
export const PROBE_MS = 3000;

/** The connection that is watched. */
export interface WatchedConnection {
  /** It may be half-open. @returns Whether a probe was sent. */
  onSuspect(): boolean;
  /** The server is there after all. */
  onAlive(): void;
  /** Nothing came behind the probe. */
  onDead(): void;
}

/**
 * Notices that the other end of a connection is gone without a word: no FIN, no RST, just silence. Its timer does not hold the process, and
 * when it is late, bytes that have arrived win.
 */
export class HalfOpenWatch {
  readonly #connection: WatchedConnection;
  readonly #timers: Timers;
  readonly #liveness = new Liveness();
  #timer: unknown;

  constructor(connection: WatchedConnection, timers: Timers) {
    this.#connection = connection;
    this.#timers = timers;
  }

  /** The server sent something. */
  received(): void {
    this.#liveness.received();
    if (this.#timer === undefined) return;
    this.close();
    this.#connection.onAlive();
  }

  /** A call got no answer within `timeoutMs`. */
  timedOut(timeoutMs: number): void {
    this.#liveness.timedOut(timeoutMs, this.#timers.now());
    if (this.#timer !== undefined || !this.#liveness.isSuspect || !this.#connection.onSuspect()) return;
    this.#wait(PROBE_MS, () => this.#wait(0, () => this.#connection.onDead()));
  }

  /** Watches no more. */
  close(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
  }

  #wait(ms: number, then: () => void): void {
    this.#timer = this.#timers.set(then, ms);
    this.#timers.hold(this.#timer, false);
  }
}
