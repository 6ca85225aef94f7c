import { connect } from "../../mod.ts";
import { connectSync } from "../../src/sync.ts";
import { compare } from "./compare.ts";
import type { Sample } from "./compare.ts";
import type { Finding } from "./finding.ts";
import { spread } from "./spread.ts";

/** How the two clients are used. */
export interface Use {
  /** As the table names it. */
  readonly work: string;
  /** The ratio that the project wants to stay under. */
  readonly bar: number;
  /** Calls a round. */
  readonly calls: number;
  /** Rounds of each client that count; half as many come before them. */
  readonly rounds: number;
  /** Milliseconds that the thread sleeps behind each call. @default {0} */
  readonly pauseMs?: number;
}

/** Compares the blocking client with the async one, which is the floor here: `queryTopicRouteInfo("small")`, one at a time, p50. */
export async function syncAgainstAsync(port: number, use: Use): Promise<readonly Finding[]> {
  const { work, bar, calls, rounds, pauseMs = 0 } = use;
  const blocking = connectSync(`127.0.0.1:${port}`);
  const awaited = await connect(`127.0.0.1:${port}`);
  const roundTrips = new Float64Array(calls);

  const ours = (): Sample => {
    for (let i = 0; i < calls; i++) {
      const started = performance.now();
      blocking.queryTopicRouteInfo("small");
      roundTrips[i] = (performance.now() - started) * 1000;
      if (pauseMs > 0) sleepBlocking(pauseMs);
    }
    return { "p50 µs": spread(roundTrips).median };
  };
  const floor = async (): Promise<Sample> => {
    for (let i = 0; i < calls; i++) {
      const started = performance.now();
      await awaited.queryTopicRouteInfo("small");
      roundTrips[i] = (performance.now() - started) * 1000;
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return { "p50 µs": spread(roundTrips).median };
  };
  const comparisons = await compare({ ours, floor, rounds, warmUp: rounds >> 1 });
  return comparisons.map((comparison) => ({ work, ...comparison, bar }));
}

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/** As a program that blocks would sleep: its event loop stands still. */
function sleepBlocking(ms: number): void {
  Atomics.wait(neverNotified, 0, 0, ms);
}
