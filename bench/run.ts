/**
 * Runs the benches: starts the responder, asks every question in Deno, Bun and Node, prints a table.
 *
 * Usage: `deno task bench [QUESTION…] [--runtime NAME]… [--record] [--pin CPUS] [--profile FOLDER]`
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Finding } from "./ground/finding.ts";
import type { RuntimeName } from "./ground/host.ts";
import { describeMachine } from "./ground/machine.ts";
import { formatReport } from "./ground/report.ts";
import type { Answer, Report } from "./ground/report.ts";
import { findRuntime } from "./ground/runtimes.ts";
import type { Runtime } from "./ground/runtimes.ts";
import { startResponder } from "./responder/start.ts";

/** Each is a file beside this one. */
const QUESTIONS: readonly string[] = ["round_trip", "in_flight", "decode", "cached_lookup", "kept_fresh"];
const RUNTIMES: readonly RuntimeName[] = ["deno", "bun", "node"];
/** A bench that takes longer hangs. */
const LIMIT_MS = 120_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runtime: { type: "string", multiple: true },
    record: { type: "boolean" },
    pin: { type: "string" },
    profile: { type: "string" },
  },
});
const report: Report = await run();
const text: string = formatReport(report);
console.log(text);
if (options.record) await record(report, text);

async function run(): Promise<Report> {
  const date = new Date().toISOString();
  const machine = await describeMachine();
  const runtimes = await findRuntimes(options.runtime ?? RUNTIMES);
  const under = options.pin === undefined ? [] : ["taskset", "-c", options.pin];
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  try {
    await using responder = await startResponder({ under });
    if (responder.language !== "c") {
      note("No C compiler: the responder in TypeScript is slow, and ratios of round_trip and in_flight look better than they are");
    }
    const answers = await askAll(runtimes, { port: responder.port, under, folder });
    return {
      date,
      machine,
      responder: responder.language,
      ...(options.pin !== undefined && { pinnedTo: options.pin }),
      runtimes: Object.fromEntries(runtimes.map(({ name, version }) => [name, version])),
      answers,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Ground {
  readonly port: number;
  readonly under: readonly string[];
  readonly folder: string;
}

async function findRuntimes(names: readonly string[]): Promise<readonly Runtime[]> {
  const found: Runtime[] = [];
  for (const name of names) {
    if (!RUNTIMES.includes(name as RuntimeName)) {
      throw new TypeError(`Cannot bench in "${name}": the runtimes are ${RUNTIMES.join(", ")}`);
    }
    const runtime = await findRuntime(name as RuntimeName);
    if (runtime === undefined) note(`No ${name}: it is left out`);
    else found.push(runtime);
  }
  return found;
}

async function askAll(runtimes: readonly Runtime[], ground: Ground): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const question of positionals.length > 0 ? positionals : QUESTIONS) {
    for (const runtime of runtimes) {
      note(`${question} in ${runtime.name} ${runtime.version}`);
      answers.push({ question, runtime: runtime.name, findings: await ask(question, runtime, ground) });
    }
  }
  return answers;
}

async function ask(question: string, runtime: Runtime, { port, under, folder }: Ground): Promise<readonly Finding[]> {
  const script = new URL(`${question}.ts`, import.meta.url);
  const command = await runtime.command(script, { folder, profile: options.profile });
  const [program, ...args] = [...under, ...command, `${port}`];
  const child = new Deno.Command(program!, { args, stderr: "inherit", signal: AbortSignal.timeout(LIMIT_MS) });
  const { success, code, stdout } = await child.output();
  if (!success) {
    throw new Error(`Cannot bench "${question}" in ${runtime.name}: it ended with status ${code}`);
  }
  return JSON.parse(new TextDecoder().decode(stdout));
}

function note(line: string): void {
  console.error(line);
}

async function record(report: Report, text: string): Promise<void> {
  const path = fileURLToPath(new URL(`results/${report.date.slice(0, 10)}`, import.meta.url));
  await Deno.writeTextFile(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await Deno.writeTextFile(`${path}.md`, text);
  note(`Recorded as ${path}.json and .md`);
}
