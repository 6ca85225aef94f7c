import { NameServerClosedError, NameServerError } from "../../errors.ts";
import type { Timers } from "../../remote/timers.ts";

/** What polling has shown. */
export interface Polled<State> {
  /** The last answer; `undefined` until there is one. */
  readonly state: State | undefined;
  /** The first failure since then, as long as nothing is answered. */
  readonly failure: NameServerError | undefined;
}

/** Somebody who waits for news, now and then. */
export interface PollReader<State> {
  readonly intervalMs: number;
  /** Whether it wants brokers to be asked, too. */
  readonly probe: boolean;
  /** Looks at what is known. @returns Whether there was news in it: then it waits no more. */
  take(polled: Polled<State>): boolean;
  /** No more will come. @param error Why, where that is no normal end. */
  end(error?: unknown): void;
}

/** One poll. */
export interface Poll<State> {
  /** What is known: to be given back as it is where nothing has changed. */
  readonly former: State | undefined;
  /** Whether a reader that waits wants brokers to be asked. */
  readonly probe: boolean;
  /** Ends the poll when the last reader has gone. */
  readonly signal: AbortSignal;
  /** Shows a part of the answer before the rest is there. */
  publish(state: State): void;
}

/** Whoever is asked. */
export interface PollSource<State> {
  /** @throws {NameServerError} If nothing can be learnt. */
  poll(poll: Poll<State>): Promise<State>;
}

/** What a poller works with. */
export interface PollerContext {
  readonly timers: Timers;
  /** A number from 0 to 1. */
  random(): number;
}

/** How far intervals stray, as a part of them. */
const JITTER = 0.1;
/** What timers can hold. */
const LONGEST_DELAY_MS = 0x7fffffff;

/**
 * Asks the same again and again, for any number of readers, as long as one of them waits. Then its timer and its calls hold the process;
 * while nobody waits there are neither, and what is known gets old until somebody does.
 */
export class Poller<State> {
  readonly #source: PollSource<State>;
  readonly #context: PollerContext;
  /** Those that have waited once, and have not gone. */
  readonly #readers = new Set<PollReader<State>>();
  readonly #waiting = new Set<PollReader<State>>();
  #polled: Polled<State> = { state: undefined, failure: undefined };
  #flight: AbortController | undefined;
  #timer: unknown;
  #polledAt = -Infinity;
  /** The same of the last poll that asked brokers, too. */
  #probedAt = -Infinity;
  #factor = 1;

  constructor(source: PollSource<State>, context: PollerContext) {
    this.#source = source;
    this.#context = context;
  }

  /** Whether any reader is left. */
  get isRead(): boolean {
    return this.#readers.size > 0;
  }

  /** Lets a reader wait, for news that is not older than its interval. */
  join(reader: PollReader<State>): void {
    this.#readers.add(reader);
    if (this.#context.timers.now() < this.#dueAt(reader) && reader.take(this.#polled)) return;
    this.#waiting.add(reader);
    this.#schedule();
  }

  /** Lets a reader go. */
  leave(reader: PollReader<State>): void {
    this.#readers.delete(reader);
    this.#waiting.delete(reader);
    this.#schedule();
    if (!this.isRead) this.#flight?.abort();
  }

  /** Ends every reader. */
  close(): void {
    for (const reader of [...this.#readers]) reader.end();
  }

  #dueAt({ intervalMs, probe }: PollReader<State>): number {
    return (probe ? this.#probedAt : this.#polledAt) + intervalMs * this.#factor;
  }

  /** Sees to it that there is a poll in time for whoever waits, and none for nobody. */
  #schedule(): void {
    const { timers } = this.#context;
    if (this.#timer !== undefined) timers.clear(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.size === 0 || this.#flight !== undefined) return;
    const delayMs = Math.min(...[...this.#waiting].map((reader) => this.#dueAt(reader))) - timers.now();
    if (delayMs <= 0) void this.#poll();
    else this.#timer = timers.set(() => this.#schedule(), Math.min(delayMs, LONGEST_DELAY_MS));
  }

  async #poll(): Promise<void> {
    const { signal } = this.#flight = new AbortController();
    const probe = [...this.#waiting].some((reader) => reader.probe);
    const publish = (state: State): void => this.#show({ state, failure: undefined });
    try {
      publish(await this.#source.poll({ former: this.#polled.state, probe, signal, publish }));
    } catch (error) {
      if (this.isRead) this.#failed(error);
    }
    this.#flight = undefined;
    this.#polledAt = this.#context.timers.now();
    if (probe) this.#probedAt = this.#polledAt;
    this.#factor = 1 + JITTER * (2 * this.#context.random() - 1);
    this.#schedule();
  }

  #failed(error: unknown): void {
    const { state, failure } = this.#polled;
    if (error instanceof NameServerClosedError) this.close();
    else if (error instanceof NameServerError) this.#show({ state, failure: failure ?? error });
    else for (const reader of [...this.#waiting]) reader.end(error); // thrown by what the program gave us
  }

  #show(polled: Polled<State>): void {
    this.#polled = polled;
    for (const reader of [...this.#waiting]) if (reader.take(polled)) this.#waiting.delete(reader);
  }
}
