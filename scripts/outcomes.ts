/** What became of one test. */
export type Outcome = "passed" | "failed" | "skipped";

/** A line that Deno, Node or Bun prints of a test, with how to read it. */
const LINES: readonly RegExp[] = [
  /^(?<name>.+) \.\.\. (?<mark>ok|FAILED|ignored)(?: \(.*\))?$/, // Deno: name ... ok (3ms)
  /^\s*(?<mark>[✔✖﹣]) (?<name>.+?) \([\d.]+ms\)(?: # .*)?$/, // Node: ✔ name (3.1ms)
  /^\((?<mark>pass|fail|skip)\) (?<name>.+?)(?: \[[\d.]+m?s\])?$/, // Bun: (pass) name [3.10ms]
];

const MARKS: Readonly<Record<string, Outcome>> = {
  "ok": "passed",
  "FAILED": "failed",
  "ignored": "skipped",
  "✔": "passed",
  "✖": "failed",
  "﹣": "skipped",
  "pass": "passed",
  "fail": "failed",
  "skip": "skipped",
};

/** What became of each test, by its name, from what a runner printed (without colours). Of several tests of one name, the failed one counts. */
export function parseOutcomes(output: string): ReadonlyMap<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const line of output.split("\n")) {
    const { name, mark } = LINES.map((pattern) => pattern.exec(line)?.groups).find((groups) => groups !== undefined) ?? {};
    const outcome = mark === undefined ? undefined : MARKS[mark];
    if (name === undefined || outcome === undefined || outcomes.get(name) === "failed") continue;
    outcomes.set(name, outcome);
  }
  return outcomes;
}
