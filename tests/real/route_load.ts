import type { AsyncNameServerClient } from "../../mod.ts";

/** A read and what became of it. */
export interface Read {
  /** When it began and ended, on the clock of `performance.now()`. */
  readonly from: number;
  readonly to: number;
  /** Left out: the route came. */
  readonly error?: unknown;
}

const PORTION_MS = 10;

/** Asks for the route of a topic again and again, at a rate that does not depend on how long answers take. */
export class RouteLoad {
  readonly reads: Read[] = [];
  readonly #client: AsyncNameServerClient;
  readonly #topic: string;
  readonly #callsPerSecond: number;
  readonly #inFlight = new Set<Promise<void>>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(client: AsyncNameServerClient, topic: string, callsPerSecond: number) {
    this.#client = client;
    this.#topic = topic;
    this.#callsPerSecond = callsPerSecond;
  }

  /** Begins. */
  start(): void {
    const startedAt = performance.now();
    let begun = 0;
    this.#timer = setInterval(() => {
      const due = ((performance.now() - startedAt) * this.#callsPerSecond) / 1000;
      for (; begun < due; begun++) this.#begin();
    }, PORTION_MS);
  }

  /** Begins no more reads, and waits for those that are under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#inFlight);
  }

  /** Reads that failed, of those that began in this span. */
  failed(from: number = 0, to: number = Infinity): readonly Read[] {
    return this.reads.filter((read) => read.error !== undefined && read.from >= from && read.from < to);
  }

  #begin(): void {
    const from = performance.now();
    const note = (error?: unknown): void => void this.reads.push({ from, to: performance.now(), ...(error !== undefined && { error }) });
    const read = this.#client.queryTopicRouteInfo(this.#topic).then(() => note(), note).finally(() => this.#inFlight.delete(read));
    this.#inFlight.add(read);
  }
}
