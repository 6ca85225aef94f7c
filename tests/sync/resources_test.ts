import { assert } from "@std/assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime, test } from "../harness.ts";
import type { MemoryInUse } from "./programs/many_calls.ts";
import { runProgram } from "./run_program.ts";
import { RUN, ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

test("100,000 calls leave no memory behind, in neither thread", async () => {
  await using server = await startCannedServer();
  const said = await runProgram("many_calls.ts", server.address, { exposeGc: true, timeoutMs: 110_000 });
  const { before, after } = JSON.parse(said) as Record<"before" | "after", MemoryInUse>;
  // 80,000 calls lie between: 25 bytes left by each are 2 MB.
  assert(after.caller - before.caller < 2e6, said);
  assert(after.worker - before.worker < 2e6, said);
  // Less exact: allocators keep what they have got.
  assert(after.elsewhere - before.elsewhere < 16e6, said);
}, { timeoutMs: 120_000 });

test("clients that were closed leave no thread behind", async () => {
  await using servers = await ServerProcess.start();
  const said = await runProgram("threads.ts", servers.address, { permissions: ["--allow-all"] });
  const { before, after } = JSON.parse(said) as Record<"before" | "after", number>;
  assert(after - before < 5, said); // a runtime may start some for itself; 30 clients were closed
}, { ...LIMIT, skip: process.platform === "linux" ? undefined : "threads are counted in /proc" });

test("clients that are idle, or were closed, use no CPU", async () => {
  await using servers = await ServerProcess.start();
  const said = await runProgram("resting.ts", servers.address);
  for (const share of Object.values(JSON.parse(said) as Record<"closed" | "blocked" | "idle", number>)) assert(share < 0.05, said);
}, LIMIT);

/** A server that takes no memory of its own for each call, and little time. */
async function startCannedServer() {
  const script = fileURLToPath(new URL("canned_server.ts", import.meta.url));
  const child = spawn(process.execPath, [...RUN[runtime], script], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const [port] = await once(child.stdout, "data");
  return {
    address: `127.0.0.1:${`${port}`.trim()}`,
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}
