import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime } from "../../harness.ts";

const LIMIT_MS = 50_000;

// The runtime that runs the test is at hand; npx brings the other.
const DENO = [...(runtime === "deno" ? [process.execPath] : ["npx", "-y", "deno@2"]), "run", "--allow-all", "--no-check"];
const BUN = [...(runtime === "bun" ? [process.execPath] : ["npx", "-y", "bun@1"]), "run"];

/** Runs a script of this folder in Deno. @returns What it wrote. @throws {Error} If it fails. */
export function runInDeno(script: string, ...args: readonly string[]): Promise<string> {
  return run([...DENO, "--unstable-kv", pathOf(script), ...args]);
}

/** Runs a script of this folder in Bun. @returns What it wrote. @throws {Error} If it fails. */
export function runInBun(script: string, ...args: readonly string[]): Promise<string> {
  return run([...BUN, pathOf(script), ...args]);
}

function pathOf(script: string): string {
  return fileURLToPath(new URL(script, import.meta.url));
}

async function run([command, ...args]: readonly string[]): Promise<string> {
  const child = spawn(command!, args, { stdio: ["ignore", "pipe", "pipe"], timeout: LIMIT_MS, killSignal: "SIGKILL" });
  const ended = once(child, "close");
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = await ended;
  if (status !== 0) throw new Error(`Cannot run ${args.at(-1)}: it ended with ${status}: ${errors}`);
  return output.trim();
}
