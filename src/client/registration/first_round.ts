import { type NameServerError, NameServerTimeoutError, NameServerUnavailableError } from "../../errors.ts";
import { checkTimeout, REMOTE_DEFAULTS } from "../../remote/options.ts";
import type { Timers } from "../../remote/timers.ts";
import type { CallOptions } from "../../request/call_options.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { waitFor } from "../wait_for.ts";
import { type ClientHeartbeats, names } from "./client_heartbeats.ts";

/** What a first round works with. */
export interface FirstRoundContext {
  readonly timers: Timers;
  /** The client's own deadline. */
  readonly timeoutMs?: number | undefined;
}

/** Calls to brokers have the same deadline, and their errors say more. */
const GRACE_MS = 200;

/** The time that a registration has for its first round, and what is to come of it. */
export class FirstRound {
  readonly #group: RegisteredGroup;
  readonly #signal: AbortSignal | undefined;
  readonly #timeoutMs: number;
  readonly #timers: Timers;
  readonly #deadline: number;

  /** @throws {RangeError} If the timeout is out of its range. */
  constructor(group: RegisteredGroup, options: CallOptions, { timers, timeoutMs = REMOTE_DEFAULTS.timeoutMs }: FirstRoundContext) {
    this.#group = group;
    this.#signal = options.signal;
    this.#timeoutMs = checkTimeout("timeoutMs", options.timeoutMs ?? timeoutMs);
    this.#timers = timers;
    this.#deadline = timers.now() + this.#timeoutMs;
  }

  /** Milliseconds left, 1 at least. */
  leftMs(): number {
    return Math.max(1, this.#deadline - this.#timers.now());
  }

  /**
   * Waits for others, who go on where this wait ends before.
   *
   * @param untilTheEnd Whether the end of the time is an end as any other.
   * @throws {NameServerTimeoutError} If the time is over. The signal's reason.
   */
  async wait(work: Promise<void>, { untilTheEnd = false }: { readonly untilTheEnd?: boolean } = {}): Promise<void> {
    const timedOut = new NameServerTimeoutError(`Cannot ${describe(this.#group)} within ${this.#timeoutMs} ms`, {
      timeoutMs: this.#timeoutMs,
      operation: operationOf(this.#group),
    });
    try {
      await waitFor(work, {
        signal: this.#signal,
        timeoutMs: this.leftMs() + (untilTheEnd ? GRACE_MS : 0),
        timers: this.#timers,
        onTimeout: () => timedOut,
      });
    } catch (error) {
      if (error !== timedOut || !untilTheEnd) throw error;
    }
  }

  /** @throws {NameServerUnavailableError} If no broker has accepted the group. */
  requireAccepted(client: ClientHeartbeats, missing: readonly NameServerError[]): void {
    const contacts = client.contactsOf(this.#group);
    if (contacts.some(({ known }) => names(known, this.#group))) return;
    const errors = [...missing, ...contacts.flatMap(({ error }) => error ?? [])];
    const why = errors.length > 0 ? errors.map(({ message }) => message).join("; ") : this.#noAnswer(contacts.length);
    const operation = operationOf(this.#group);
    throw new NameServerUnavailableError(`Cannot ${describe(this.#group)}: ${why}`, { errors, operation });
  }

  #noAnswer(brokers: number): string {
    if (brokers > 0) return `no broker has answered within ${this.#timeoutMs} ms`;
    const { consumer, topics } = this.#group;
    const which = `${consumer === undefined ? "master" : "broker"}${topics === undefined ? "" : " of its topics"}`;
    return `no NameServer lists a ${which}`;
  }
}

function operationOf({ consumer }: RegisteredGroup): string {
  return consumer === undefined ? "registerProducer" : "registerConsumer";
}

function describe({ group, clientId, consumer }: RegisteredGroup): string {
  return `register ${consumer === undefined ? "producer" : "consumer"} "${group}" as "${clientId}"`;
}
