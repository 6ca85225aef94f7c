import { type Outcome, parseOutcomes } from "./outcomes.ts";
import { type Run, run } from "./run.ts";

/** What a runtime made of the tests. */
export interface Tally {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What became of each test, by its name. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/** Entry points whose examples are run. */
const DOCUMENTED = ["mod.ts", "src/"];

/** Runs test files in Deno, with its sanitizers. */
export async function runDeno(files: readonly string[]): Promise<Tally> {
  console.log(`\n── Deno ${Deno.version.deno} ──`);
  return denoTally("Deno", await run(Deno.execPath(), ["test", "--allow-all", "--no-check", ...files]));
}

/** Runs the examples in the documentation. */
export async function runDenoDocs(): Promise<Tally> {
  console.log("\n── examples in the documentation ──");
  return denoTally("Deno, examples", await run(Deno.execPath(), ["test", "--allow-all", "--doc", ...DOCUMENTED]));
}

/** Runs test files in the Node that is installed, all in one process: one each, as `node --test` has it, costs half a second a file. */
export async function runNode(files: readonly string[]): Promise<Tally> {
  const version = await versionOf("node", ["--version"]);
  if (version === undefined) return missing("Node", files);
  console.log(`\n── Node ${version} ──`);
  const args = ["--import", "tsx", "--test-reporter=spec", "scripts/node_tests.ts", ...files];
  return tally("Node", await run("node", args), { passed: /^ℹ pass (\d+)$/gm, failed: /^ℹ fail (\d+)$/gm, skipped: /^ℹ skipped (\d+)$/gm });
}

/** Runs test files in Bun, which npx brings. */
export async function runBun(files: readonly string[]): Promise<Tally> {
  const version = await versionOf("npx", ["-y", "bun@1", "--version"]);
  if (version === undefined) return missing("Bun", files);
  console.log(`\n── Bun ${version} ──`);
  const args = ["-y", "bun@1", "test", "--timeout", "120000", ...files.map((file) => `./${file}`)];
  return tally("Bun", await run("npx", args), { passed: /^ *(\d+) pass$/gm, failed: /^ *(\d+) fail$/gm, skipped: /^ *(\d+) skip$/gm });
}

function denoTally(name: string, result: Run): Tally {
  return tally(name, result, { passed: /(\d+) passed/g, failed: /(\d+) failed/g, skipped: /(\d+) ignored/g });
}

type Patterns = Readonly<Record<"passed" | "failed" | "skipped", RegExp>>;

/** Counts from what the runner said of them last; Node goes on with what failed. One that ends badly without a failed test counts as one failure: it may have died half-way. */
function tally(name: string, { code, output }: Run, patterns: Patterns): Tally {
  const count = (pattern: RegExp): number => Number([...output.matchAll(pattern)].at(-1)?.[1] ?? 0);
  const outcomes = parseOutcomes(output);
  const failed = count(patterns.failed);
  const skipped = count(patterns.skipped);
  return { name, passed: count(patterns.passed), failed: failed === 0 && code !== 0 ? 1 : failed, skipped, outcomes };
}

function missing(name: string, files: readonly string[]): Tally {
  console.log(`\n${name} cannot be had on this machine: its ${files.length} test files are skipped`);
  if (Deno.env.get("CI") === "true") return { name, passed: 0, failed: files.length, skipped: 0, outcomes: new Map() };
  return { name, passed: 0, failed: 0, skipped: files.length, outcomes: new Map() };
}

async function versionOf(command: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(command, { args: [...args], stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout).trim() : undefined;
  } catch {
    return undefined; // no such command
  }
}
