import { assertEquals } from "@std/assert";
import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runtime, test } from "../harness.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };
const run = promisify(execFile);

/** In Deno with the one permission that the client needs. */
const RUN: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--allow-net", "--no-prompt", "--no-check"],
  bun: ["run"],
  node: ["--import", "tsx"],
};

/** What a program prints until it ends by itself; it is killed where it does not. */
async function output(program: string, address: string, permissions: readonly string[] = []): Promise<string> {
  const script = fileURLToPath(new URL(`programs/${program}`, import.meta.url));
  const { stdout } = await run(process.execPath, [...RUN[runtime], ...(runtime === "deno" ? permissions : []), script, address], {
    timeout: 45_000,
    killSignal: "SIGKILL",
  });
  return stdout.trim();
}

test("fault 77: a process ends although its blocking client is open", async () => {
  await using servers = await ServerProcess.start();
  assertEquals(await output("idle.ts", servers.address), "2 topics");
}, LIMIT);

test("a client in a worker thread blocks this thread only", async () => {
  await using servers = await ServerProcess.start();
  // For the program of the outer worker, which is a file.
  assertEquals(await output("nested.ts", servers.address, ["--allow-read"]), "2 topics");
}, LIMIT);
