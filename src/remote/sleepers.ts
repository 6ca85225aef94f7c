import type { Deadline, Deadlines, Slot } from "./deadlines.ts";
import type { Aborted } from "./outcome.ts";

/** Calls that wait until a server may be asked again. */
export class Sleepers {
  readonly #deadlines: Deadlines;
  readonly #sleepers = new Set<Sleeper>();

  constructor(deadlines: Deadlines) {
    this.#deadlines = deadlines;
  }

  /** Ends after `ms`, or before if the signal fires or all are woken. */
  sleep(ms: number, signal: AbortSignal | undefined): Promise<Aborted | undefined> {
    return new Promise((resolve) => {
      const sleeper = new Sleeper(() => {
        signal?.removeEventListener("abort", sleeper);
        this.#deadlines.delete(sleeper);
        this.#sleepers.delete(sleeper);
        resolve(signal?.aborted ? { type: "aborted", reason: signal.reason } : undefined);
      });
      signal?.addEventListener("abort", sleeper);
      this.#sleepers.add(sleeper);
      this.#deadlines.add(sleeper, this.#deadlines.now() + ms);
    });
  }

  /** Ends every sleep. */
  wakeAll(): void {
    for (const sleeper of this.#sleepers) sleeper.onDeadline();
  }
}

class Sleeper implements Deadline {
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  readonly onDeadline: () => void;
  readonly handleEvent: () => void;

  constructor(wake: () => void) {
    this.onDeadline = wake;
    this.handleEvent = wake;
  }
}
