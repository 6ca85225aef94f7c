import type { CallEnd, CallInit } from "./call.ts";
import type { RemoteEvent } from "./events.ts";
import { failover } from "./failover.ts";
import type { Aborted, Outcome } from "./outcome.ts";
import type { Step } from "./policy.ts";

/** What a call sends. */
export type Sent = Pick<CallInit, "command" | "operation">;

/** A call whose steps are performed. */
export interface Performed extends CallEnd {
  readonly sent: Sent;
  /** Takes it back. */
  readonly signal: AbortSignal | undefined;
  /** How a step went; behind a sleep, nothing. */
  onOutcome(outcome: Outcome | Aborted | undefined): void;
}

/** Who performs steps. */
export interface StepPerformer {
  /** Begins a step, whose outcome the call is told. What it throws is how the call went. */
  begin(step: Step, call: Performed): void;
  /** Takes an event. */
  publish(event: RemoteEvent): void;
}

/** What a {@link RemoteTask} performs. */
export interface TaskInit<T> {
  /** Decided by the policy. */
  readonly steps: Generator<Step, T, Outcome | undefined>;
  readonly sent: Sent;
  readonly signal: AbortSignal | undefined;
}

/**
 * One call under way: performs the steps of the policy, one behind the other. Made for every call there is, so outcomes are told instead of
 * promised, and its state is in plain fields, which engines set up faster than private ones.
 */
export class RemoteTask<T> implements Performed {
  readonly sent: Sent;
  readonly signal: AbortSignal | undefined;
  private readonly steps: TaskInit<T>["steps"];
  private readonly performer: StepPerformer;
  private readonly resolve: (result: T) => void;
  private readonly reject: (reason: unknown) => void;
  private step: Step | undefined;

  constructor(init: TaskInit<T>, performer: StepPerformer, resolve: (result: T) => void, reject: (reason: unknown) => void) {
    this.sent = init.sent;
    this.signal = init.signal;
    this.steps = init.steps;
    this.performer = performer;
    this.resolve = resolve;
    this.reject = reject;
    this.step = undefined;
  }

  /** Gives the policy an outcome and begins what it wants next. */
  proceed(outcome: Outcome | undefined): void {
    try {
      const next = this.steps.next(outcome);
      if (next.done) this.resolve(next.value);
      else this.begin(next.value, outcome);
    } catch (error) {
      this.reject(error);
    }
  }

  /** An answer counts at once. After a failure the connection first finishes what it is at: the next step may be for it again. */
  onOutcome(outcome: Outcome | Aborted | undefined): void {
    if (outcome?.type === "answer") this.proceed(outcome);
    else if (outcome?.type === "aborted") this.reject(outcome.reason);
    else queueMicrotask(() => this.proceed(outcome));
  }

  onMisuse(misuse: unknown): void {
    this.reject(misuse);
  }

  private begin(step: Step, outcome: Outcome | undefined): void {
    const event = this.step && failover(this.step, outcome, step, this.sent.operation);
    if (event !== undefined) this.performer.publish(event);
    this.step = step;
    this.performer.begin(step, this);
  }
}
