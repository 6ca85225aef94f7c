import { NameServerClosedError, type NameServerError, NameServerTimeoutError, NameServerUnavailableError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { describeOperation } from "../request/describe_operation.ts";
import { ResponseCode } from "../protocol/codes.ts";
import { isTransient, responseError } from "../request/response_error.ts";
import { describeAttempts } from "./describe_attempts.ts";
import type { Outcome } from "./outcome.ts";
import type { Servers, Target } from "./servers.ts";

/** What has to be done next. Whoever performs it gives back how it went; behind a sleep, nothing. */
export type Step =
  | { readonly type: "exchange"; readonly address: string; readonly timeoutMs: number }
  | { readonly type: "dial"; readonly address: string; readonly timeoutMs: number }
  | { readonly type: "sleep"; readonly ms: number };

/** A call, as far as the policy has to know it. */
export interface PolicyCall {
  /** For messages. */
  readonly operation: string | undefined;
  /** Whether it may be sent again after it may have reached a server. */
  readonly idempotent: boolean;
  /** When it began, on the clock that `now` reads. */
  readonly startedAt: number;
  /** How long it may take in all. */
  readonly timeoutMs: number;
  /** How often a request that was sent may be sent again. */
  readonly retries: number;
}

/** The steps of one call: performed by awaiting or by blocking, decided here. Gives the answer it ends with. */
export type Steps = Generator<Step, RemotingCommand, Outcome | undefined>;

/**
 * Decides which server is asked, for how long, what is repeated and what comes out.
 *
 * Each server gets a slice of the time left: time left ÷ servers untried, the last all of it. A server that can't be reached costs none of
 * the `retries`; a request that may have reached one costs one, and is repeated only if that does no harm. Answers that ask for patience
 * (busy, not ready, going away) send the call on to the next server. When all were tried, those that may do better are asked again.
 */
export function* callPolicy(call: PolicyCall, servers: Servers, now: () => number): Steps {
  let attempts: Attempts | undefined; // what most calls never need
  let target = servers.first(call.startedAt);
  while (target !== undefined) {
    const { address, waitMs } = target;
    if (waitMs > 0) {
      yield { type: "sleep", ms: waitMs };
      if (attempts?.isOver) break;
    }
    const timeoutMs = attempts?.sliceMs() ?? call.timeoutMs / servers.addresses.length;
    const outcome = yield { type: "exchange", address, timeoutMs };
    if (outcome?.type === "answer" && !isTransient(outcome.response)) {
      servers.succeeded(address);
      return outcome.response;
    }
    attempts ??= new Attempts(call, servers, now);
    attempts.failed(address, outcome);
    target = attempts.next();
  }
  return (attempts ?? new Attempts(call, servers, now)).giveUp();
}

/** Dials servers until one accepts. @throws {NameServerUnavailableError} With one error a server. */
export function* dialPolicy(call: PolicyCall, servers: Servers, now: () => number): Generator<Step, void, Outcome | undefined> {
  const attempts = new Attempts(call, servers, now);
  for (let address = attempts.untried(); address !== undefined; address = attempts.untried()) {
    const outcome = yield { type: "dial", address, timeoutMs: attempts.sliceMs() };
    if (outcome?.type === "connected") return servers.succeeded(address);
    attempts.failed(address, outcome);
  }
  throw attempts.unavailable();
}

/** What one call has tried so far. */
class Attempts {
  readonly #call: PolicyCall;
  readonly #servers: Servers;
  readonly #now: () => number;
  readonly #deadline: number;
  readonly #tried = new Set<string>();
  /** Servers that would fail in the same way again. */
  readonly #hopeless = new Set<string>();
  readonly #errors: NameServerError[] = [];
  /** Requests that a server may have seen. */
  #sent = 0;
  #mayRepeat = true;
  /** Whether all were tried, and this is for the second time at least. */
  #goesRoundAgain = false;
  /** The last answer, while all answers asked for patience and no attempt failed otherwise. */
  #patience: RemotingCommand | undefined;

  constructor(call: PolicyCall, servers: Servers, now: () => number) {
    this.#call = call;
    this.#servers = servers;
    this.#now = now;
    this.#deadline = call.startedAt + call.timeoutMs;
  }

  /** The best server not tried yet, which counts as tried from now on. */
  untried(): string | undefined {
    const address = this.isOver ? undefined : this.#servers.untried(this.#tried, this.#now());
    if (address !== undefined) this.#tried.add(address);
    return address;
  }

  /** Whom to ask next, if anybody. */
  next(): Target | undefined {
    if (!this.#mayRepeat || this.#sent > this.#call.retries) return undefined;
    const address = this.untried();
    if (address !== undefined) return { address, waitMs: 0 };
    // All were tried. None took a connection: none will at once.
    if (this.#sent === 0 && this.#errors.at(-1)?.code !== "NAMESRV_CONNECTION_LOST") return undefined;
    this.#goesRoundAgain = true;
    const target = this.#servers.soonest(this.#hopeless, this.#now());
    return target !== undefined && this.#now() + target.waitMs < this.#deadline ? target : undefined;
  }

  /** How long the server that was chosen last may take. */
  sliceMs(): number {
    const others = this.#servers.countUntried(this.#tried);
    return (this.#deadline - this.#now()) / (1 + others);
  }

  /** Whether the time is over. */
  get isOver(): boolean {
    return this.#now() >= this.#deadline;
  }

  failed(address: string, outcome: Outcome | undefined): void {
    if (outcome?.type === "failure" && outcome.error instanceof NameServerClosedError) throw outcome.error;
    this.#tried.add(address);
    this.#servers.failed(address, this.#now());
    if (outcome?.type === "answer") {
      this.#noteSent();
      // One repeat over a new connection is for a server that restarts behind the same address. It is not for one that goes on leaving.
      if (this.#goesRoundAgain && outcome.response.code === ResponseCode.GO_AWAY) this.#hopeless.add(address);
      if (this.#errors.length === 0 || this.#patience !== undefined) this.#patience = outcome.response;
      this.#errors.push(responseError(outcome.response, this.#call.operation));
    } else if (outcome?.type === "failure") {
      this.#patience = undefined;
      this.#errors.push(outcome.error);
      if (outcome.sent) this.#noteSent();
      if (!outcome.error.retryable) this.#hopeless.add(address);
    }
  }

  /** What the call ends with, when no server is left to ask or no time. */
  giveUp(): RemotingCommand {
    const [first] = this.#errors;
    if (this.isOver) throw this.#timedOut();
    if (this.#patience !== undefined) {
      return this.#errors.length === 1 ? this.#patience : { ...this.#patience, attempts: this.#errors.length };
    }
    throw first !== undefined && this.#errors.length === 1 ? first : this.unavailable();
  }

  unavailable(): NameServerUnavailableError {
    const { operation } = this.#call;
    const errors = this.#errors;
    const cannot = `Cannot ${describeOperation(operation)}`;
    const [first] = errors;
    const message = errors.length > 1
      ? `${cannot} ${describeAttempts(errors, operation)}`
      : first?.message ?? `${cannot}: there is no server`;
    return new NameServerUnavailableError(message, { errors, operation });
  }

  #noteSent(): void {
    this.#sent++;
    if (!this.#call.idempotent) this.#mayRepeat = false;
  }

  #timedOut(): NameServerTimeoutError {
    const { operation, timeoutMs } = this.#call;
    const errors = this.#errors;
    const only = errors.length === 1 ? errors[0] : undefined;
    if (only instanceof NameServerTimeoutError) return only;
    const why = only === undefined ? ` ${describeAttempts(errors, operation)}` : `: ${only.message}`;
    const message = `Cannot ${describeOperation(operation)} within ${timeoutMs} ms${why}`;
    return new NameServerTimeoutError(message, { timeoutMs, operation, address: only?.address, cause: only ?? this.unavailable() });
  }
}
