/**
 * How long does it take from the start of a process to the first answer and its exit? The blocking client against the async one, and against a
 * program that does nothing. Runs in Deno, whatever runtime it asks.
 *
 * @module
 */

import { compare } from "./ground/compare.ts";
import type { Sample } from "./ground/compare.ts";
import { finish, programArgs } from "./ground/host.ts";
import type { RuntimeName } from "./ground/host.ts";
import { findRuntime } from "./ground/runtimes.ts";

const [port, name, folder] = programArgs();
const runtime = (await findRuntime(name as RuntimeName))!;
const [empty, awaiting, blocking] = await Promise.all(["empty", "ask_async", "ask_sync"].map(program));

finish([
  ...await race("blocking against async", blocking!, awaiting!),
  ...await race("blocking against empty", blocking!, empty!),
]);

async function program(name: string): Promise<readonly string[]> {
  const script = new URL(`start/${name}.ts`, import.meta.url);
  return [...await runtime.command(script, { folder: folder! }), port!];
}

async function race(work: string, ours: readonly string[], floor: readonly string[]) {
  const comparisons = await compare({ ours: () => lifetime(ours), floor: () => lifetime(floor), rounds: 20, warmUp: 3 });
  return comparisons.map((comparison) => ({ work, ...comparison }));
}

/** From the start of a process to its end. */
async function lifetime([program, ...args]: readonly string[]): Promise<Sample> {
  const started = performance.now();
  const { success } = await new Deno.Command(program!, { args, stderr: "inherit", stdout: "null" }).output();
  if (!success) throw new Error(`Cannot measure start: "${args.at(-2)}" failed`);
  return { "ms": performance.now() - started };
}
