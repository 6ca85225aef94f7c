/** Something that ends when a signal fires. */
export interface AbortListener {
  /** The signal fired. */
  onAbort(): void;
}

/**
 * An abort signal that any number of calls listen to through one listener: Node would warn a program that gives all its calls the same
 * signal of a leak, from the eleventh on.
 */
export class SharedSignal {
  readonly #signal: AbortSignal;
  readonly #onUnused: () => void;
  readonly #listeners = new Set<AbortListener>();

  constructor(signal: AbortSignal, onUnused: () => void) {
    this.#signal = signal;
    this.#onUnused = onUnused;
  }

  /** Whether it has fired. */
  get aborted(): boolean {
    return this.#signal.aborted;
  }

  /** Why. */
  get reason(): unknown {
    return this.#signal.reason;
  }

  /** Tells the listener when the signal fires. */
  add(listener: AbortListener): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener("abort", this);
    this.#listeners.add(listener);
  }

  /** Tells it no more. */
  delete(listener: AbortListener): void {
    if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
    this.#signal.removeEventListener("abort", this);
    this.#onUnused();
  }

  /** The signal calls this. */
  handleEvent(): void {
    for (const listener of this.#listeners) listener.onAbort();
  }
}

/** The signals that calls of a remote listen to now. */
export class SharedSignals {
  readonly #shared = new Map<AbortSignal, SharedSignal>();

  /** The signal, to be listened to at once. */
  of(signal: AbortSignal): SharedSignal {
    let shared = this.#shared.get(signal);
    if (shared === undefined) this.#shared.set(signal, shared = new SharedSignal(signal, () => this.#shared.delete(signal)));
    return shared;
  }
}
