import type { Finding } from "./finding.ts";
import type { RuntimeName } from "./host.ts";
import type { Machine } from "./machine.ts";
import type { Spread } from "./spread.ts";

/** How a question came out in a runtime. */
export interface Answer {
  /** The bench's file name without its ending. */
  readonly question: string;
  /** Where it ran. */
  readonly runtime: RuntimeName;
  /** One entry a case and quantity. */
  readonly findings: readonly Finding[];
}

/** A whole run, as it is recorded. */
export interface Report {
  /** When it began, ISO 8601. */
  readonly date: string;
  /** Where. */
  readonly machine: Machine;
  /** What the responder was built from. */
  readonly responder: "c" | "typescript";
  /** The processors that everything was pinned to, if any. */
  readonly pinnedTo?: string;
  /** Whether everything ran before all else on the machine (`chrt`), as it would on a quiet one. */
  readonly realtime?: boolean;
  /** Versions by runtime. */
  readonly runtimes: Readonly<Partial<Record<RuntimeName, string>>>;
  /** What came out. */
  readonly answers: readonly Answer[];
}

/** Writes a report as Markdown: the ratios, which can be held against another run, then the figures behind them, which cannot. */
export function formatReport(report: Report): string {
  const { machine, runtimes } = report;
  const versions = Object.entries(runtimes).map(([name, version]) => `${TITLES[name as RuntimeName]} ${version}`);
  const where = [machine.processor, `${machine.cores} cores`, machine.system, `load ${machine.loadBefore.toFixed(1)} before`];
  const how = [`responder in ${report.responder === "c" ? "C" : "TypeScript"}`];
  if (report.pinnedTo !== undefined) how.push(`pinned to ${report.pinnedTo}`);
  if (report.realtime) how.push("at real-time priority");
  return `${report.date.slice(0, 10)} · ${[...versions, ...where, ...how].join(" · ")}

Ours ÷ the floor of the same runtime, median (min–max) of interleaved rounds; bold where past the bar:

${table(report, ratioCell)}

Ours / the floor on this machine in this run, medians:

${table(report, figureCell)}
`;
}

const TITLES: Readonly<Record<RuntimeName, string>> = { deno: "Deno", bun: "Bun", node: "Node" };

function table(report: Report, cell: (finding: Finding) => string): string {
  const names = Object.keys(report.runtimes) as RuntimeName[];
  const rows = new Map<string, Partial<Record<RuntimeName, string>>>();
  for (const { question, runtime, findings } of report.answers) {
    for (const finding of findings) {
      const bar = finding.bar === undefined ? "–" : `≤ ${finding.bar}`;
      const key = `${question} | ${finding.work} | ${finding.quantity} | ${bar}`;
      rows.set(key, { ...rows.get(key), [runtime]: cell(finding) });
    }
  }
  const lines = [...rows].map(([key, cells]) => `| ${key} | ${names.map((name) => cells[name] ?? "–").join(" | ")} |`);
  const head = `| question | work | quantity | bar | ${names.map((name) => TITLES[name]).join(" | ")} |`;
  return [head, `|${"---|".repeat(4 + names.length)}`, ...lines].join("\n");
}

function ratioCell({ ratio, bar }: Finding): string {
  const text = `${ratio.median.toFixed(2)} (${range(ratio)})`;
  return bar !== undefined && ratio.median > bar ? `**${text}**` : text;
}

function range({ min, max }: Spread): string {
  return `${min.toFixed(2)}–${max.toFixed(2)}`;
}

function figureCell({ ours, floor }: Finding): string {
  return `${ours.median.toPrecision(3)} / ${floor.median.toPrecision(3)}`;
}
