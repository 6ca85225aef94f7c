import { Alarm } from "./alarm.ts";
import { Liveness } from "./liveness.ts";
import type { Timers } from "./timers.ts";

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
 * Notices that the other end of a connection is gone without a word. Its timer does not hold the process, and when it is late, bytes that
 * have arrived win.
 */
export class HalfOpenWatch {
  readonly #connection: WatchedConnection;
  readonly #timers: Timers;
  readonly #liveness = new Liveness();
  readonly #alarm: Alarm;
  /** Whether bytes that had arrived when the time was over have had their turn. */
  #isOverdue = false;

  constructor(connection: WatchedConnection, timers: Timers) {
    this.#connection = connection;
    this.#timers = timers;
    this.#alarm = new Alarm(timers, () => this.#onAlarm());
  }

  /** The server sent something. */
  received(): void {
    if (!this.#liveness.received()) return;
    this.close();
    this.#connection.onAlive();
  }

  /** A call got no answer within `timeoutMs`. */
  timedOut(timeoutMs: number): void {
    const now = this.#timers.now();
    this.#liveness.timedOut(timeoutMs, now);
    if (!this.#liveness.isSuspect || !this.#connection.onSuspect()) return;
    this.#liveness.probed(now);
    this.#isOverdue = false;
    this.#alarm.setTo(this.#liveness.deadAt);
  }

  /** Watches no more. */
  close(): void {
    this.#alarm.setTo(Infinity);
  }

  #onAlarm(): void {
    if (this.#isOverdue) return this.#connection.onDead();
    this.#isOverdue = true;
    this.#alarm.setTo(this.#timers.now());
  }
}
