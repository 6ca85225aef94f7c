import type { SoakResult } from "./soak.ts";

/** How late a call may settle, while the event loop turns. */
const LATE_MS = 50;
/** How much the heap may grow: less than any bytes that were left behind by each call would make. */
const GROWTH_BYTES = 8 * 1024 * 1024;
/** A run in which hardly any server was ever well shows nothing. */
const LEAST_WELL = 0.5;

/** What a soak found, for people. */
export interface Verdict {
  readonly lines: readonly string[];
  /** Promises that were broken; none in a good run. */
  readonly broken: readonly string[];
}

/** Checks every invariant. */
export function verdict(result: SoakResult): Verdict {
  const { load, stalls, healths, span, heap, descriptors } = result;
  const late = load.lateCalls.map(({ from, to }) => to - from - stalls.within(from, to));
  const latest = Math.max(0, ...late);
  const excused = load.failedReads.filter(({ from, to }) => !healths.some((health) => health.wasWell(from, to)));
  const inexcusable = load.failedReads.filter((read) => !excused.includes(read));
  const duplicates = healths.flatMap(({ server }) => server.duplicates().map((line) => `${server.name}: ${line}`));
  const [warm, end] = heap, [before, idle, closed] = descriptors;
  const ends = [...load.ends].sort().map(([end, count]) => `  ${end}: ${count}`);
  const wellShares = healths.map((health) => 1 - health.unwellMs(span.from, span.to) / (span.to - span.from));
  const broken = [
    load.settled === load.started ? "" : `${load.started - load.settled} calls were lost`,
    load.settledTwice === 0 ? "" : `${load.settledTwice} calls settled twice`,
    latest <= LATE_MS ? "" : `a call was ${latest.toFixed(1)} ms late, beyond all stalls of the loop`,
    ...load.surprises.slice(0, 10),
    ...inexcusable.slice(0, 10).map(({ error, from, to }) =>
      `after ${Math.round(to - from)} ms, a read failed although a server was well: ${error}`
    ),
    ...duplicates.slice(0, 10),
    warm === undefined || end! - warm <= GROWTH_BYTES ? "" : `the heap grew from ${mb(warm)} to ${mb(end!)}`,
    before === undefined || idle! <= before + healths.length ? "" : `${idle} descriptors were open at the end, ${before} without a client`,
    before === undefined || closed! <= before ? "" : `${closed} descriptors were open when the client was closed, ${before} before`,
    Math.max(...wellShares) >= LEAST_WELL ? "" : "no server was well for half of the time",
  ].filter((line) => line !== "");
  return {
    broken,
    lines: [
      `${load.started} calls, ${load.settled} settled, ${load.settledTwice} twice:`,
      ...ends,
      `events: ${[...result.events].map(([type, count]) => `${count} ${type}`).join(", ")}`,
      `${result.incidents.length} incidents; well: ${
        healths.map(({ server }, i) => `${server.name} ${(wellShares[i]! * 100).toFixed(0)} %`).join(", ")
      }`,
      `${healths.reduce((sum, { slowProbes }) => sum + slowProbes, 0)} slow probes of servers that nothing was done to`,
      `${load.failedReads.length} reads failed; while no server was well: ${excused.length}, else: ${inexcusable.length}`,
      `latest call: ${latest.toFixed(1)} ms behind its deadline (${load.lateCalls.length} behind it at all); longest stall of the loop: ${
        stalls.longestMs.toFixed(0)
      } ms`,
      `answered reads: ${[0.5, 0.99, 0.999, 1].map((q) => `p${q * 100} ${load.latencies.quantile(q).toFixed(1)} ms`).join(", ")}`,
      `heap: ${
        warm === undefined ? "not measured" : `${mb(warm)} when warm, ${mb(end!)} at the end`
      }; descriptors: ${before} before, ${idle} at the end, ${closed} closed`,
    ],
  };
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
