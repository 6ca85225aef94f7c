import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { EmbeddedNameServer } from "../../src/testing.ts";
import { runtime } from "../harness.ts";

/** A process that takes longer does not end by itself. */
const LIMIT_MS = 40_000;

/** What became of a child process. */
export interface ChildEnd {
  /** Its exit code, or the name of the signal that ended it. */
  readonly status: number | string | null;
  /** What it wrote to both its outputs. */
  readonly output: string;
}

const START: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--allow-net", "--allow-env", "--allow-read", "--no-check"],
  bun: ["run"],
  node: ["--import", "tsx"],
};

/** Runs a script of `programs/` with the address of a server; gives what it made of it. */
export async function runAgainst(server: EmbeddedNameServer, script: string): Promise<ChildEnd> {
  const { address } = await server.listen();
  const { status, output } = await runProgram(script, [address]);
  return { status, output: output.trim() };
}

/** Runs a script of `programs/` in the runtime that runs the test, until it ends by itself; kills it where it does not. */
async function runProgram(name: string, args: readonly string[]): Promise<ChildEnd> {
  const script = fileURLToPath(new URL(`programs/${name}`, import.meta.url));
  const child = spawn(process.execPath, [...START[runtime], script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output += chunk);
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  try {
    await once(child, "close");
  } finally {
    clearTimeout(limit);
    child.kill("SIGKILL"); // does nothing once it has ended
  }
  return { status: child.exitCode ?? child.signalCode, output };
}
