import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime } from "../harness.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FLAGS = { deno: ["run", "--quiet", "--allow-all"], bun: [], node: ["--import", "tsx"] } as const;

/** Starts a file of this folder as a program of its own, in the runtime that runs the test. */
export function startHere(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  const script = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [...FLAGS[runtime], script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Runs it to its end; after 30 s it is killed, and its status is `null`. */
export async function runHere(file: string, args: readonly string[], env?: Readonly<Record<string, string>>): Promise<number | null> {
  const child = startHere(file, args, env);
  child.stdout!.resume();
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  try {
    return await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  } finally {
    clearTimeout(timer);
  }
}
