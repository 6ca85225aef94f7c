import { checkTimeout, REMOTE_DEFAULTS } from "../../remote/options.ts";
import type { Timers } from "../../remote/timers.ts";
import type { CallOptions } from "../../request/call_options.ts";
import { waitFor } from "../wait_for.ts";

/** What a first round works with. */
export interface FirstRoundContext {
  readonly timers: Timers;
  /** The client's own deadline. */
  readonly timeoutMs?: number | undefined;
}

/** Calls behind it have the same deadline, and their errors say more. */
const GRACE_MS = 200;

/** The time that a registration has for its first round. */
export class FirstRound {
  /** Milliseconds that it has in all. */
  readonly timeoutMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #timers: Timers;
  readonly #deadline: number;

  /** @throws {RangeError} If the timeout is out of its range. */
  constructor(options: CallOptions, { timers, timeoutMs = REMOTE_DEFAULTS.timeoutMs }: FirstRoundContext) {
    this.#signal = options.signal;
    this.timeoutMs = checkTimeout("timeoutMs", options.timeoutMs ?? timeoutMs);
    this.#timers = timers;
    this.#deadline = timers.now() + this.timeoutMs;
  }

  /** Milliseconds left, 1 at least. */
  leftMs(): number {
    return Math.max(1, this.#deadline - this.#timers.now());
  }

  /** Waits for others, who go on where this wait ends before. @returns Whether it was done in time. @throws The signal's reason. */
  async wait(work: Promise<void>): Promise<boolean> {
    const timedOut = Symbol();
    try {
      await waitFor(work, { signal: this.#signal, timeoutMs: this.leftMs() + GRACE_MS, timers: this.#timers, onTimeout: () => timedOut });
      return true;
    } catch (error) {
      if (error !== timedOut) throw error;
      return false;
    }
  }
}
