import { NameServerConnectionError, type NameServerError, NameServerProtocolError, NameServerTimeoutError } from "../../src/errors.ts";
import { createRequest, createResponse, type RemotingCommand } from "../../src/protocol/command.ts";
import type { Outcome } from "../../src/remote/outcome.ts";
import { callPolicy, dialPolicy, type PolicyCall, type Step } from "../../src/remote/policy.ts";
import { Servers } from "../../src/remote/servers.ts";

/** What a server does with one visit of a call. Without `afterMs` it takes no time. */
export type Behaviour =
  | { readonly type: "answer"; readonly code?: number; readonly remark?: string; readonly afterMs?: number }
  /** The dial fails. */
  | { readonly type: "refuse"; readonly afterMs?: number }
  /** The dial hangs. */
  | { readonly type: "black hole" }
  /** An open connection turned out to be lost before a byte of the request was written. */
  | { readonly type: "stale"; readonly afterMs?: number }
  /** The request is sent and never answered. */
  | { readonly type: "silent" }
  /** The connection is lost behind the request. */
  | { readonly type: "reset"; readonly afterMs?: number }
  /** Bytes come that are no frame. */
  | { readonly type: "garbage"; readonly afterMs?: number };

/** A step that concerns a server. */
export type Attempt = Exclude<Step, { readonly type: "sleep" }>;

/** One step that the policy asked for, and what became of it. */
export interface Visit {
  readonly step: Attempt;
  readonly outcome: Outcome;
  readonly at: number;
}

/** Servers and their behaviour visit by visit; the last behaviour goes on for ever. */
export type Scripts = Readonly<Record<string, readonly Behaviour[]>>;

/** Servers without sockets on a clock without timers: performs the steps of a policy, and takes down what happened. */
export class PolicyWorld {
  now: number = 1000;
  readonly servers: Servers;
  readonly visits: Visit[] = [];
  readonly sleeps: number[] = [];
  readonly #scripts: ReadonlyMap<string, Behaviour[]>;

  /** @param backoff Milliseconds that keep a server out after its n-th failure in a row. */
  constructor(scripts: Scripts, backoff: (failures: number) => number = (failures) => 10 * failures) {
    this.#scripts = new Map(Object.entries(scripts).map(([address, script]) => [address, [...script]]));
    this.servers = new Servers([...this.#scripts.keys()], backoff);
  }

  /** What was asked of whom, in order: `"a"` for a request that got through or may have, `"(a)"` for one that did not. */
  get trail(): string {
    return this.visits.map(({ step, outcome }) => wasSent(outcome) ? step.address : `(${step.address})`).join(" ");
  }

  /** The slices that were given, in milliseconds. */
  get slices(): readonly number[] {
    return this.visits.map((visit) => visit.step.timeoutMs);
  }

  /** Performs a call. @throws What it ends with. */
  call(call: Partial<PolicyCall> = {}): RemotingCommand {
    return this.#perform(callPolicy(this.#complete(call), this.servers, () => this.now));
  }

  /** Dials until one accepts. @throws What it ends with. */
  dial(call: Partial<PolicyCall> = {}): void {
    this.#perform(dialPolicy(this.#complete(call), this.servers, () => this.now));
  }

  #complete(call: Partial<PolicyCall>): PolicyCall {
    return { operation: "listTopics", idempotent: true, startedAt: this.now, timeoutMs: 1000, retries: 2, ...call };
  }

  #perform<T>(steps: Generator<Step, T, Outcome | undefined>): T {
    let next = steps.next();
    while (!next.done) next = steps.next(this.#step(next.value));
    return next.value;
  }

  #step(step: Step): Outcome | undefined {
    if (this.visits.length + this.sleeps.length > 10_000) throw new Error("The policy does not come to an end");
    if (step.type !== "sleep") return this.#visit(step);
    this.sleeps.push(step.ms);
    this.now += step.ms;
    return undefined;
  }

  #visit(step: Attempt): Outcome {
    const script = this.#scripts.get(step.address)!;
    const behaviour = (script.length > 1 ? script.shift() : script[0])!;
    const afterMs = "afterMs" in behaviour
      ? behaviour.afterMs ?? 0
      : behaviour.type === "silent" || behaviour.type === "black hole"
      ? Infinity
      : 0;
    const at = this.now;
    this.now += Math.min(afterMs, step.timeoutMs);
    const outcome = afterMs < step.timeoutMs ? outcomeOf(behaviour, step) : timeout(behaviour, step);
    this.visits.push({ step, outcome, at });
    return outcome;
  }
}

/** Whether the request may have reached the server. */
export function wasSent(outcome: Outcome): boolean {
  return outcome.type === "answer" || (outcome.type === "failure" && outcome.sent);
}

function outcomeOf(behaviour: Behaviour, { type, address }: Attempt): Outcome {
  switch (behaviour.type) {
    case "answer": {
      if (type === "dial") return { type: "connected" };
      const { code = 0, remark } = behaviour;
      return {
        type: "answer",
        response: { ...createResponse(createRequest(206), { code, ...(remark !== undefined && { remark }) }), address },
      };
    }
    case "refuse":
      return failure(new NameServerConnectionError(`refused ${address}`, { code: "NAMESRV_CONNECT", address }), false);
    case "garbage":
      return failure(new NameServerProtocolError(`garbage ${address}`, { code: "NAMESRV_MALFORMED_FRAME", address }), true);
    default:
      return failure(
        new NameServerConnectionError(`lost ${address}`, { code: "NAMESRV_CONNECTION_LOST", address }),
        behaviour.type !== "stale",
      );
  }
}

function timeout({ type }: Behaviour, { address, timeoutMs }: Attempt): Outcome {
  const neverSent = type === "refuse" || type === "black hole" || type === "stale";
  return failure(new NameServerTimeoutError(`timeout ${address}`, { timeoutMs, address }), !neverSent);
}

function failure(error: NameServerError, sent: boolean): Outcome {
  return { type: "failure", error, sent };
}
