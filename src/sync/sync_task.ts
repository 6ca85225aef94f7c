import type { CallInit } from "../remote/call.ts";
import type { Outcome } from "../remote/outcome.ts";
import type { Step } from "../remote/policy.ts";
import type { SyncConnection } from "./sync_connection.ts";
import type { SyncExchange } from "./sync_exchange.ts";

/** The steps of a call, decided by the policy. */
export type TaskSteps<T> = Generator<Step, T, Outcome | undefined>;

/** Opens connections for tasks. */
export type ConnectionOf = (address: string) => SyncConnection;

/** One call under way: performs the steps of the policy, each as far as it goes without waiting. */
export class SyncTask<T> {
  /** How the call went, once that is known. */
  result: PromiseSettledResult<T> | undefined;
  readonly #steps: TaskSteps<T>;
  readonly #sent: Pick<CallInit, "command" | "operation">;
  readonly #connectionOf: ConnectionOf;
  #exchange: SyncExchange | undefined;
  #connection: SyncConnection | undefined;
  #wakeAt = 0;

  constructor(steps: TaskSteps<T>, sent: Pick<CallInit, "command" | "operation">, connectionOf: ConnectionOf) {
    this.#steps = steps;
    this.#sent = sent;
    this.#connectionOf = connectionOf;
    this.#run(undefined);
  }

  /** When {@link SyncTask.proceed} has something to do, whatever else happens. */
  get dueAt(): number {
    if (this.result !== undefined) return Infinity;
    if (this.#exchange === undefined) return this.#wakeAt;
    // A large request is sent in pieces, and meanwhile its time may run out or its connection end.
    return this.#exchange.outcome === undefined ? this.#connection!.dueAt : 0;
  }

  /** Goes on, as far as possible by now. */
  proceed(): void {
    if (this.result !== undefined) return;
    const exchange = this.#exchange;
    if (exchange === undefined) {
      if (performance.now() >= this.#wakeAt) this.#run(undefined);
      return;
    }
    if (exchange.outcome === undefined) this.#settleBy(() => this.#push(exchange));
    if (exchange.outcome !== undefined) this.#run(exchange.outcome);
  }

  #push(exchange: SyncExchange): void {
    this.#connection!.proceed();
    if (exchange.outcome === undefined) this.#connection!.expire(performance.now());
  }

  /** Gives the policy an outcome and begins what it wants next. */
  #run(outcome: Outcome | undefined): void {
    this.#exchange = undefined;
    this.#settleBy(() => {
      const step = this.#steps.next(outcome);
      if (step.done) this.result = { status: "fulfilled", value: step.value };
      else this.#begin(step.value);
    });
  }

  #begin(step: Step): void {
    const now = performance.now();
    if (step.type === "sleep") return void (this.#wakeAt = now + step.ms);
    const { timeoutMs } = step;
    this.#exchange = { init: { ...this.#sent, timeoutMs }, until: now + timeoutMs, opaque: 0, sequence: 0, outcome: undefined };
    this.#connection = this.#connectionOf(step.address);
    this.#connection.start(this.#exchange);
  }

  /** What is thrown is how the call went. */
  #settleBy(act: () => void): void {
    try {
      act();
    } catch (reason) {
      this.result = { status: "rejected", reason };
    }
  }
}
