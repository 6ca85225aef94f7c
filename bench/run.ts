/**
 * Runs the benches: starts the responder, asks every question in Deno, Bun and Node, prints a table.
 *
 * Usage: `deno task bench [QUESTION…] [--runtime NAME]… [--record [--as NAME]] [--pin CPUS] [--realtime] [--profile FOLDER]`
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

/** What a question needs around it. */
interface Conditions {
  /** How long the responder waits before each answer, in microseconds. @default {0} */
  readonly delayUs?: number;
  /** The processors that client and responder share, whatever `--pin` says. */
  readonly pin?: string;
  /** It starts programs in the runtime that is asked; itself it runs in Deno. */
  readonly startsPrograms?: boolean;
}

/** Each is a file beside this one. */
const QUESTIONS: Readonly<Record<string, Conditions>> = {
  round_trip: {},
  in_flight: {},
  decode: {},
  cached_lookup: {},
  kept_fresh: {},
  sync_round_trip: {},
  sync_one_core: { pin: "0" },
  sync_slow_server: { delayUs: 1000 },
  sync_start: { startsPrograms: true },
  sync_idle: {},
};
const RUNTIMES: readonly RuntimeName[] = ["deno", "bun", "node"];
/** A bench that takes longer hangs. */
const LIMIT_MS = 120_000;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runtime: { type: "string", multiple: true },
    record: { type: "boolean" },
    as: { type: "string" },
    pin: { type: "string" },
    realtime: { type: "boolean" },
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
  const folder = await Deno.makeTempDir({ prefix: "bench-" });
  try {
    const answers: Answer[] = [];
    let responder: Report["responder"] = "c";
    for (const question of positionals.length > 0 ? positionals : Object.keys(QUESTIONS)) {
      const asked = await askAll(question, runtimes, folder);
      responder = asked.responder;
      answers.push(...asked.answers);
    }
    return {
      date,
      machine,
      responder,
      ...(options.pin !== undefined && { pinnedTo: options.pin }),
      ...(options.realtime && { realtime: true }),
      runtimes: Object.fromEntries(runtimes.map(({ name, version }) => [name, version])),
      answers,
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
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

/** Asks a question in every runtime, with a responder of its own. */
async function askAll(question: string, runtimes: readonly Runtime[], folder: string): Promise<Pick<Report, "responder" | "answers">> {
  const { delayUs = 0, pin = options.pin, startsPrograms = false } = QUESTIONS[question] ?? {};
  const under = [...(options.realtime ? ["chrt", "-r", "10"] : []), ...(pin === undefined ? [] : ["taskset", "-c", pin])];
  await using responder = await startResponder({ under, delayUs });
  if (responder.language !== "c") note("No C compiler: the responder in TypeScript is slow, and ratios look better than they are");
  const answers: Answer[] = [];
  for (const runtime of runtimes) {
    note(`${question} in ${runtime.name} ${runtime.version}`);
    const findings = await ask(question, runtime, { port: responder.port, under, folder, startsPrograms });
    answers.push({ question, runtime: runtime.name, findings });
  }
  return { responder: responder.language, answers };
}

interface Ground {
  readonly port: number;
  readonly under: readonly string[];
  readonly folder: string;
  readonly startsPrograms: boolean;
}

async function ask(question: string, runtime: Runtime, { port, under, folder, startsPrograms }: Ground): Promise<readonly Finding[]> {
  const script = new URL(`${question}.ts`, import.meta.url);
  const command = startsPrograms
    ? [Deno.execPath(), "run", "-A", "--quiet", fileURLToPath(script), `${port}`, runtime.name, folder]
    : [...await runtime.command(script, { folder, profile: options.profile }), `${port}`];
  const [program, ...args] = [...under, ...command];
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
  const name = [report.date.slice(0, 10), ...(options.as === undefined ? [] : [options.as])].join("-");
  const path = fileURLToPath(new URL(`results/${name}`, import.meta.url));
  await Deno.writeTextFile(`${path}.json`, `${JSON.stringify(report, null, 2)}\n`);
  await Deno.writeTextFile(`${path}.md`, text);
  note(`Recorded as ${path}.json and .md`);
}
