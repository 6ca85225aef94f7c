import type { EmbeddedOptions } from "../../src/testing.ts";
import { type GoldenRow, goldenRows } from "../golden/golden_rows.ts";

/** Rows that saw the same server, and how that was started. */
export interface ReplayRun {
  readonly name: string;
  readonly options: EmbeddedOptions;
  /** In the order in which they were sent. */
  readonly rows: readonly GoldenRow[];
}

const VERSIONS = ["4.9.7", "5.3.3", "5.5.0"] as const;

/** Everything that was recorded from a NameServer; what brokers said is not among it. */
export const replayRuns: readonly ReplayRun[] = [
  whole("g497", "4.9.7"),
  whole("g533", "5.3.3"),
  whole("g550", "5.5.0"),
  ...VERSIONS.flatMap((emulate) => [
    run(`binary ${emulate}`, { emulate, serialization: "rocketmq" }, (row) => row.server === emulate && row.kind === "server-rocketmq"),
    run(`fresh ${emulate}`, { emulate }, (row) => row.server === emulate && row.run !== "phase3" && isFresh(row)),
  ]),
  run("cluster test 5.3.3", { emulate: "5.3.3", config: { clusterTest: "true" } }, (row) => row.kind === "clustertest"),
  run("TLS 5.3.3", { emulate: "5.3.3" }, (row) => row.run === "phase3" && row.kind === "tls"),
  run("Java clients 5.3.3", { emulate: "5.3.3" }, (row) => row.kind === "real-ns"),
];

/** A run from the start of a server on: it differs from the default configuration in its paths and its port. */
function whole(name: string, emulate: typeof VERSIONS[number]): ReplayRun {
  const rows = rowsOf((row) => row.run === name);
  const shown = rows.find((row) => row.requestCode === 319)!.bodyText!;
  const started = /^(bindAddress|configStorePath|kvConfigPath|listenPort|rocketmqHome)=(.*)$/gm;
  return { name, options: { emulate, config: Object.fromEntries([...shown.matchAll(started)].map((found) => found.slice(1))) }, rows };
}

function run(name: string, options: EmbeddedOptions, includes: (row: GoldenRow) => boolean): ReplayRun {
  return { name, options, rows: rowsOf(includes) };
}

function rowsOf(includes: (row: GoldenRow) => boolean): readonly GoldenRow[] {
  return goldenRows.filter(includes).sort((a, b) => a.seq - b.seq);
}

/** Each of these was sent to a server that knew nothing. */
function isFresh({ kind }: GoldenRow): boolean {
  return kind === "tls" || kind === "haproxy" || kind === "busy" || kind === "goaway";
}
