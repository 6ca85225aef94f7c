import { NameServerError, TopicNotFoundError } from "../../mod.ts";
import type { AsyncNameServerClient } from "../../mod.ts";
import type { Random } from "../fuzz/mutate.ts";
import { Latencies } from "./latencies.ts";
import { TOPICS } from "./orders.ts";

/** Deadline of most calls. */
export const TIMEOUT_MS = 2000;
/** Of some: too short for three slices, so that these may fail. */
const SHORT_TIMEOUT_MS = 150;
/** Calls are begun in portions. */
const PORTION_MS = 10;

/** A span of the monotonic clock. */
export interface Span {
  readonly from: number;
  readonly to: number;
}
/** A read that failed although it had its full deadline. */
export interface FailedRead extends Span {
  readonly error: unknown;
}

type Kind = "read" | "short read" | "aborted read" | "write";

/** Asks again and again, at a rate that does not depend on how long answers take, and takes down what becomes of each call. */
export class Load {
  started = 0;
  settled = 0;
  settledTwice = 0;
  /** How calls ended, by kind and code of the error. */
  readonly ends: Map<string, number> = new Map();
  /** Reads with a full deadline that failed. */
  readonly failedReads: FailedRead[] = [];
  /** From their deadlines to their ends: calls that were late by the clock on the wall. */
  readonly lateCalls: Span[] = [];
  /** What no call may end with. */
  readonly surprises: string[] = [];
  readonly latencies: Latencies = new Latencies();
  readonly #client: AsyncNameServerClient;
  readonly #random: Random;

  constructor(client: AsyncNameServerClient, random: Random) {
    this.#client = client;
    this.#random = random;
  }

  /** Makes this many calls a second for so long; resolves when the last has begun. */
  async run(durationMs: number, callsPerSecond: number): Promise<void> {
    const startedAt = performance.now();
    const first = this.started;
    for (let elapsedMs = 0; elapsedMs < durationMs; elapsedMs = performance.now() - startedAt) {
      const due = first + Math.floor((elapsedMs * callsPerSecond) / 1000);
      while (this.started < due) this.#begin();
      await new Promise((resolve) => setTimeout(resolve, PORTION_MS));
    }
  }

  #begin(): void {
    const id = this.started++;
    const kind = this.#kind(id);
    const timeoutMs = kind === "short read" ? SHORT_TIMEOUT_MS : TIMEOUT_MS;
    const from = performance.now();
    let settlements = 0;
    const end = (told: string, error?: unknown): void => {
      if (++settlements > 1) this.settledTwice++;
      else this.settled++;
      this.#note(kind, told, error, { from, to: performance.now() }, timeoutMs);
    };
    this.#call(id, kind, timeoutMs).then((told) => end(told), (error) => end(codeOf(error), error));
  }

  #kind(id: number): Kind {
    if (id % 20 === 0) return "write";
    if (id % 20 === 1) return "aborted read";
    return id % 20 === 2 ? "short read" : "read";
  }

  async #call(id: number, kind: Kind, timeoutMs: number): Promise<string> {
    if (kind === "write") {
      await this.#client.putKvConfig({ namespace: "soak", key: `k${id % 100}`, value: `${id}` }, { timeoutMs });
      return "answered";
    }
    if (kind !== "aborted read") return await this.#read(this.#random(TOPICS), { timeoutMs });
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(ABORTED), this.#random(30));
    return await this.#read(this.#random(TOPICS), { timeoutMs, signal: controller.signal }).finally(() => clearTimeout(timer));
  }

  /** Asks for a route, and makes sure that it is the one that was asked for. */
  async #read(topic: number, options: { readonly timeoutMs: number; readonly signal?: AbortSignal }): Promise<string> {
    try {
      const route = await this.#client.queryTopicRouteInfo(`soak-${topic}`, options);
      if (route.queueDatas[0]?.readQueueNums !== topic + 1) this.surprises.push(`soak-${topic} got the answer of another call`);
      return "answered";
    } catch (error) {
      if (!(error instanceof TopicNotFoundError)) throw error;
      if (!error.remark.includes(`soak-${topic}`)) this.surprises.push(`soak-${topic} got the answer of another call: ${error.remark}`);
      return "answered: no such topic";
    }
  }

  #note(kind: Kind, told: string, error: unknown, span: Span, timeoutMs: number): void {
    const end = `${kind}: ${told}`;
    this.ends.set(end, (this.ends.get(end) ?? 0) + 1);
    if (told.startsWith("answered") && kind === "read") this.latencies.add(span.to - span.from);
    if (error !== undefined && kind === "read") this.failedReads.push({ ...span, error });
    if (span.to > span.from + timeoutMs) this.lateCalls.push({ from: span.from + timeoutMs, to: span.to });
    if (told === SURPRISE) this.surprises.push(`${kind}: ${error}`);
  }
}

const ABORTED = new Error("aborted by the soak");
const SURPRISE = "surprise";

function codeOf(error: unknown): string {
  if (error === ABORTED) return "aborted";
  return error instanceof NameServerError ? error.code : SURPRISE;
}
