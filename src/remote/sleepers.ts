import type { Deadline, Deadlines, Slot } from "./deadlines.ts";
import type { Aborted } from "./outcome.ts";
import type { AbortListener, SharedSignal } from "./shared_signals.ts";

/** Calls that wait: until a server may be asked again, or for somebody else. */
export class Sleepers {
  readonly #deadlines: Deadlines;
  readonly #sleepers = new Set<Sleeper>();

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** Ends after `ms`, or before if the signal fires or all are woken. */
  sleep(ms: number, signal: SharedSignal | undefined): Promise<Aborted | undefined> {
    return new Promise((resolve) => void this.#add(ms, signal, resolve));
  }

  /** What a promise comes to; nothing where it takes longer than `ms`, or all are woken before. Rejects as the promise does. */
  outcome<T>(promise: PromiseLike<T>, ms: number, signal: SharedSignal | undefined): Promise<{ readonly value: T } | Aborted | undefined> {
    return new Promise((resolve, reject) => {
      const sleeper = this.#add(ms, signal, resolve);
      promise.then((value) => resolve({ value }), reject).then(sleeper.onDeadline);
    });
  }

  /** Ends every sleep. */
  wakeAll(): void {
    for (const sleeper of this.#sleepers) sleeper.onDeadline();
  }

  #add(ms: number, signal: SharedSignal | undefined, end: (aborted: Aborted | undefined) => void): Sleeper {
    const sleeper = new Sleeper(() => {
      signal?.delete(sleeper);
      this.#deadlines.delete(sleeper);
      this.#sleepers.delete(sleeper);
      end(signal?.aborted ? { type: "aborted", reason: signal.reason } : undefined);
    });
    signal?.add(sleeper);
    this.#sleepers.add(sleeper);
    this.#deadlines.add(sleeper, this.#deadlines.now() + ms);
    return sleeper;
  }
}

class Sleeper implements Deadline, AbortListener {
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  readonly onDeadline: () => void;
  readonly onAbort: () => void;

  constructor(wake: () => void) {
    this.onDeadline = wake;
    this.onAbort = wake;
  }
}
