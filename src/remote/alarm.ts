import type { Timers } from "./timers.ts";

/** One timer for what comes next of many things, on a clock that never goes back. It never holds the process. */
export class Alarm {
  readonly #timers: Timers;
  readonly #ring: () => void;
  #timer: unknown;
  #ringsAt = Infinity;

  /** @param ring Called when the time has come; the alarm is off then. */
  constructor(timers: Timers, ring: () => void) {
    this.#timers = timers;
    this.#ring = ring;
  }

  /** When it rings; `Infinity` where it is off. */
  get ringsAt(): number {
    return this.#ringsAt;
  }

  /** Sets it to a time, in place of the former one; `Infinity` turns it off. */
  setTo(time: number): void {
    if (time === this.#ringsAt) return;
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
    this.#ringsAt = time;
    if (time === Infinity) return;
    this.#timer = this.#timers.set(() => this.#fire(), Math.max(0, time - this.#timers.now()));
    this.#timers.hold(this.#timer, false);
  }

  #fire(): void {
    this.#timer = undefined;
    this.#ringsAt = Infinity;
    this.#ring();
  }
}
