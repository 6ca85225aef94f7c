import { type ChildProcess, spawn } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime } from "../harness.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Settings of {@link startHere}. */
export interface RunHereOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What Deno lets the program do. @default {["--allow-all"]} */
  readonly denoPermissions?: readonly string[];
}

/** Starts a file of this folder as a program of its own, in the runtime that runs the test. */
export function startHere(file: string, args: readonly string[], options: RunHereOptions = {}): ChildProcess {
  const { env = {}, denoPermissions = ["--allow-all"] } = options;
  const flags = { deno: ["run", "--quiet", "--no-prompt", ...denoPermissions], bun: [], node: ["--import", "tsx"] }[runtime];
  return spawn(process.execPath, [...flags, fileURLToPath(new URL(file, import.meta.url)), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Runs it to its end; after 30 s it is killed, and its status is `null`. */
export async function runHere(file: string, args: readonly string[], options?: RunHereOptions): Promise<number | null> {
  const child = startHere(file, args, options);
  child.stdout!.resume();
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  try {
    return await new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  } finally {
    clearTimeout(timer);
  }
}
