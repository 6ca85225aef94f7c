const TICK_MS = 10;
/** Timers of all runtimes are late by a little, always. */
const LEAST_MS = 5;

/**
 * When the event loop of this process did not turn. A timer is due every 10 ms; from the moment in which it is due to that in which it runs
 * the loop stood still, because this thread or the whole machine was busy. What happens then is late by no fault of the client's.
 */
export class LoopStalls {
  readonly #stalls: { readonly from: number; readonly to: number }[] = [];
  #dueAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #longestMs = 0;

  /** Begins to watch. */
  start(): void {
    this.#dueAt = performance.now() + TICK_MS;
    this.#timer = setTimeout(() => this.#tick(), TICK_MS);
  }

  /** Watches no more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** The longest stall, in milliseconds. */
  get longestMs(): number {
    return this.#longestMs;
  }

  /** Milliseconds of a span in which the loop stood still. A stall is known once it is over. */
  within(from: number, to: number): number {
    return this.#stalls.reduce((sum, stall) => sum + Math.max(0, Math.min(to, stall.to) - Math.max(from, stall.from)), 0);
  }

  #tick(): void {
    const now = performance.now();
    if (now - this.#dueAt >= LEAST_MS) this.#stalls.push({ from: this.#dueAt, to: now });
    this.#longestMs = Math.max(this.#longestMs, now - this.#dueAt);
    this.start();
  }
}
