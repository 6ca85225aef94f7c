import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runtime } from "../harness.ts";

const run = promisify(execFile);

const RUN: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--no-prompt", "--no-check"],
  bun: ["run"],
  node: ["--import", "tsx"],
};
/** Lets a program collect garbage by `gc()`; Bun's programs have `Bun.gc()`. */
const EXPOSE_GC: typeof RUN = { deno: ["--v8-flags=--expose-gc"], bun: [], node: ["--expose-gc"] };

/** What a program gets beyond the usual. */
export interface ProgramOptions {
  /** What Deno permits it; left out: the one thing that the client needs. @default {["--allow-net"]} */
  readonly permissions?: readonly string[];
  /** Whether it may collect garbage. @default {false} */
  readonly exposeGc?: boolean;
  /** It is killed when it has run for so long. @default {45_000} */
  readonly timeoutMs?: number;
}

/** What a program of `programs/` prints until it ends by itself. @param address Its argument: a server's. */
export async function runProgram(program: string, address: string, options: ProgramOptions = {}): Promise<string> {
  const { permissions = ["--allow-net"], exposeGc = false, timeoutMs = 45_000 } = options;
  const flags = [...RUN[runtime], ...(runtime === "deno" ? permissions : []), ...(exposeGc ? EXPOSE_GC[runtime] : [])];
  const script = fileURLToPath(new URL(`programs/${program}`, import.meta.url));
  const { stdout } = await run(process.execPath, [...flags, script, address], { timeout: timeoutMs, killSignal: "SIGKILL" });
  return stdout.trim();
}
