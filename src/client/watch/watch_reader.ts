import type { NameServerError } from "../../errors.ts";
import type { Polled, Poller, PollReader } from "./poller.ts";
import type { StepTo } from "./step.ts";

/** What a reader is told when no server can say anything. */
export interface WatchError {
  readonly type: "error";
  readonly error: NameServerError;
}

/** How a reader reads. */
export interface WatchReaderInit<State, Change> {
  readonly intervalMs: number;
  readonly probe: boolean;
  readonly signal: AbortSignal | undefined;
  readonly stepTo: StepTo<State, Change>;
  /** The poller, when it is waited for the first time; `undefined` where no more will come. */
  poller(): Poller<State> | undefined;
  /** Called once, at the end, if there was a poller. */
  onEnd(poller: Poller<State>): void;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T>): void;
  reject(error: unknown): void;
}

/**
 * A watch. It remembers what its reader has seen, and tells how what is known now differs from that: however slow the reader, there is no
 * backlog, and nothing is left out of the last change.
 */
export class WatchReader<State, Change> implements AsyncIterableIterator<Change | WatchError>, PollReader<State> {
  readonly intervalMs: number;
  readonly probe: boolean;
  readonly #init: WatchReaderInit<State, Change>;
  readonly #waiting: Waiting<Change | WatchError>[] = [];
  readonly #onAbort = (): void => this.end();
  #poller: Poller<State> | undefined;
  #seen: State | undefined;
  #told: NameServerError | undefined;
  #ended = false;

  constructor(init: WatchReaderInit<State, Change>) {
    this.intervalMs = init.intervalMs;
    this.probe = init.probe;
    this.#init = init;
    init.signal?.addEventListener("abort", this.#onAbort);
    if (init.signal?.aborted) this.end();
  }

  next(): Promise<IteratorResult<Change | WatchError>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      if (!this.#ended) this.#poller ??= this.#init.poller();
      if (this.#poller === undefined || this.#ended) this.end();
      else if (this.#waiting.length === 1) this.#poller.join(this);
    });
  }

  return(): Promise<IteratorResult<Change | WatchError>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  take(polled: Polled<State>): boolean {
    for (let news = this.#news(polled); news !== undefined; news = this.#news(polled)) {
      this.#waiting.shift()!.resolve({ done: false, value: news });
      if (this.#waiting.length === 0) return true;
    }
    return false;
  }

  end(error?: unknown): void {
    const waiting = this.#waiting.splice(0);
    if (error !== undefined) waiting.shift()?.reject(error);
    for (const { resolve } of waiting) resolve({ done: true, value: undefined });
    if (this.#ended) return;
    this.#ended = true;
    this.#init.signal?.removeEventListener("abort", this.#onAbort);
    if (this.#poller === undefined) return;
    this.#poller.leave(this);
    this.#init.onEnd(this.#poller);
  }

  /** The next thing to tell, which counts as told then: first what changed, then that nothing more can be learnt. */
  #news({ state, failure }: Polled<State>): Change | WatchError | undefined {
    const step = state === undefined ? undefined : this.#init.stepTo(this.#seen, state);
    if (step !== undefined) {
      this.#seen = step.seen;
      return step.change;
    }
    if (failure === undefined || failure === this.#told) return undefined;
    this.#told = failure;
    return { type: "error", error: failure };
  }
}
