import { Alarm } from "../../remote/alarm.ts";
import type { Timers } from "../../remote/timers.ts";

/** How far the time may lag while it is asked for all the time. */
const TICK_MS = 16;
/** Asked for so often within one tick, it is worth a timer. */
const OFTEN = 8;

/**
 * The time, for those who ask for it all the time: reading a clock costs more than everything else that a cached lookup does. While it is
 * asked for often, a timer that does not hold the process reads the clock every 16 ms; else each question does.
 */
export class CoarseClock {
  readonly #timers: Timers;
  readonly #alarm: Alarm;
  #now = 0;
  #ticking = false;
  /** Whether it was asked for since the last tick. */
  #used = false;
  #windowStart = -Infinity;
  #reads = 0;

  constructor(timers: Timers) {
    this.#timers = timers;
    this.#alarm = new Alarm(timers, () => this.#tick());
  }

  /** Milliseconds on a clock that never goes back, at most 16 ms ago as long as the thread is not busy. */
  now(): number {
    if (!this.#ticking) return this.#read();
    this.#used = true;
    return this.#now;
  }

  /** Stops the timer. */
  close(): void {
    this.#alarm.setTo(Infinity);
    this.#ticking = false;
    this.#reads = -Infinity; // so that it never starts again
  }

  #read(): number {
    const now = this.#timers.now();
    if (now - this.#windowStart >= TICK_MS) {
      this.#windowStart = now;
      this.#reads = Math.min(this.#reads, 0);
    } else if (++this.#reads >= OFTEN) {
      this.#used = true;
      this.#tickFrom(now);
    }
    return now;
  }

  #tick(): void {
    this.#reads = 0;
    this.#ticking = false;
    if (this.#used) this.#tickFrom(this.#timers.now());
    this.#used = false;
  }

  #tickFrom(now: number): void {
    this.#now = now;
    this.#ticking = true;
    this.#alarm.setTo(now + TICK_MS);
  }
}
