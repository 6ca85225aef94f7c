import { CATALOGUE, type Fault } from "../tests/faults/catalogue.ts";
import type { Outcome } from "./outcomes.ts";
import type { Tally } from "./runners.ts";

/** What became of each fault's promise, over all runtimes, as a table; nothing where no test of a fault ran. */
export function faultTable(tallies: readonly Tally[]): readonly string[] {
  const runs = tallies.map(({ name, outcomes }) => ({ name, byFault: groupByFault(outcomes) })).filter(({ byFault }) => byFault.size > 0);
  if (runs.length === 0) return [];
  const rows = CATALOGUE.map((fault) => {
    const perRuntime = runs.map(({ byFault }) => byFault.get(fault.number) ?? []);
    return [`${fault.number}`, fault.fault, ...perRuntime.map(told), verdict(fault, perRuntime), fault.open ?? ""];
  });
  return aligned([["#", "fault", ...runs.map(({ name }) => name), "promise", ""], ...rows]);
}

/** Kept in every runtime, open, or FAILED in one at least; `untested` where a run left its tests out. */
function verdict({ open }: Fault, perRuntime: readonly (readonly Outcome[])[]): string {
  if (perRuntime.flat().includes("failed")) return "FAILED";
  if (open !== undefined) return "open";
  return perRuntime.every((outcomes) => outcomes.includes("passed")) ? "kept" : "untested";
}

function told(outcomes: readonly Outcome[]): string {
  if (outcomes.includes("failed")) return "FAILED";
  if (outcomes.includes("passed")) return "ok";
  return outcomes.length === 0 ? "-" : "skipped";
}

function groupByFault(outcomes: ReadonlyMap<string, Outcome>): ReadonlyMap<number, readonly Outcome[]> {
  const groups = new Map<number, Outcome[]>();
  for (const [name, outcome] of outcomes) {
    const [, number] = /^fault (\d+): /.exec(name) ?? [];
    if (number !== undefined) groups.set(Number(number), [...groups.get(Number(number)) ?? [], outcome]);
  }
  return groups;
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join("  ").trimEnd());
}
