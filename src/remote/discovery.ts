import { parseAddresses } from "./address.ts";
import { type AddressSource, DEFAULT_INTERVAL_MS } from "./address_source.ts";
import { Alarm } from "./alarm.ts";
import type { Deadlines } from "./deadlines.ts";
import { checkTimeout } from "./options.ts";
import type { Aborted } from "./outcome.ts";
import type { SharedSignal } from "./shared_signals.ts";
import { Sleepers } from "./sleepers.ts";
import type { Timers } from "./timers.ts";

/** One that has not answered after this many milliseconds is given up. */
const GIVE_UP_MS = 30_000;

/** What a {@link Discovery} is made of. */
export interface DiscoveryInit {
  readonly source: AddressSource;
  readonly deadlines: Deadlines;
  readonly timers: Timers;
  /** Takes a list, in its normal form. */
  onList(addresses: readonly string[]): void;
  /** Takes a failure. */
  onFailure(error: unknown): void;
}

/**
 * Asks an address source: when somebody first wants to know, then at intervals, and when told that the list is of no use. Never more than
 * one question at a time. Its timer does not hold the process; whoever waits does.
 */
export class Discovery {
  /** The source's name. */
  readonly name: string;
  readonly #init: DiscoveryInit;
  readonly #intervalMs: number;
  readonly #waiters: Sleepers;
  /** Rings when the question that is out is given up, or the next one is due. */
  readonly #alarm: Alarm;
  #question: AbortController | undefined;
  #hasAnswered = false;
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  /** @throws {RangeError} If the source's interval is out of its range. */
  constructor(init: DiscoveryInit) {
    const { name, intervalMs = DEFAULT_INTERVAL_MS } = init.source;
    this.name = name;
    this.#init = init;
    this.#intervalMs = checkTimeout("intervalMs", intervalMs);
    this.#waiters = new Sleepers(init.deadlines);
    this.#alarm = new Alarm(init.timers, () => this.#onAlarm());
  }

  /** Whether it has ever given a list. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** Why it gave none when it was asked last, if it did not. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Asks, and waits for the answer, `ms` at most. Whoever comes while a question is out shares its answer. */
  ask(ms: number, signal: SharedSignal | undefined): Promise<Aborted | undefined> {
    const answered = this.#waiters.sleep(ms, signal);
    this.refresh();
    return answered;
  }

  /** Asks, unless a question is out. */
  refresh(): void {
    if (this.#question !== undefined || this.#closed) return;
    const question = this.#question = new AbortController();
    this.#ringIn(GIVE_UP_MS);
    this.#resolve(question.signal).then(
      (addresses) => this.#settle(question, addresses),
      (error) => this.#settle(question, { error }),
    );
  }

  /** Takes back the question that is out, wakes whoever waits, and asks no more. */
  close(reason: unknown): void {
    this.#closed = true;
    this.#question?.abort(reason);
    this.#question = undefined;
    this.#alarm.setTo(Infinity);
    this.#waiters.wakeAll();
  }

  async #resolve(signal: AbortSignal): Promise<readonly string[]> {
    return parseAddresses(await this.#init.source.resolve({ signal }));
  }

  #settle(question: AbortController, result: readonly string[] | { readonly error: unknown }): void {
    if (this.#question !== question) return; // given up
    this.#question = undefined;
    this.#ringIn(this.#intervalMs);
    if ("error" in result) {
      this.#failure = result;
      question.abort(result.error);
      this.#init.onFailure(result.error);
    } else {
      this.#failure = undefined;
      this.#hasAnswered = true;
      this.#init.onList(result);
    }
    this.#waiters.wakeAll();
  }

  #onAlarm(): void {
    if (this.#question === undefined) this.refresh();
    else this.#settle(this.#question, { error: new Error(`no answer within ${GIVE_UP_MS} ms`) });
  }

  #ringIn(ms: number): void {
    this.#alarm.setTo(this.#init.timers.now() + ms);
  }
}
