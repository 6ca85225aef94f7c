import type { Timers } from "../../src/remote/timers.ts";

interface Timer {
  readonly callback: () => void;
  readonly dueAt: number;
  held: boolean;
}

/** Timers on a clock that is turned by hand. */
export class FakeTimers implements Timers {
  /** Timers that were set and not cleared, by handle. */
  readonly pending: Map<unknown, Timer> = new Map();
  /** All delays that were asked for. */
  readonly delays: number[] = [];
  #now: number;
  #handles = 0;

  constructor(now: number = 1_000_000) {
    this.#now = now;
  }

  /** Whether the process would wait for any of them. */
  get holding(): boolean {
    return [...this.pending.values()].some((timer) => timer.held);
  }

  now(): number {
    return this.#now;
  }

  set(callback: () => void, delayMs: number): unknown {
    this.delays.push(delayMs);
    const handle = ++this.#handles;
    this.pending.set(handle, { callback, dueAt: this.#now + delayMs, held: true });
    return handle;
  }

  clear(handle: unknown): void {
    this.pending.delete(handle);
  }

  hold(handle: unknown, alive: boolean): void {
    const timer = this.pending.get(handle);
    if (timer !== undefined) timer.held = alive;
  }

  /** Lets time pass without calling anything, as it does while the thread is busy. */
  stall(ms: number): void {
    this.#now += ms;
  }

  /** One turn of the event loop: calls what is due, but not what that sets. */
  turn(): void {
    for (const [handle, timer] of [...this.pending]) {
      if (timer.dueAt > this.#now || !this.pending.delete(handle)) continue;
      timer.callback();
    }
  }

  /** Lets time pass, calling each timer when it is due. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#nextDue(); next <= end; next = this.#nextDue()) {
      this.#now = Math.max(this.#now, next);
      this.turn();
    }
    this.#now = end;
  }

  #nextDue(): number {
    return Math.min(...[...this.pending.values()].map((timer) => timer.dueAt));
  }
}
