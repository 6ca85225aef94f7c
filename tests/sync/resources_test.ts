import { assert } from "@std/assert";
import process from "node:process";
import { test } from "../harness.ts";
import type { MemoryInUse } from "./programs/many_calls.ts";
import { runProgram } from "./run_program.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

test("100,000 calls leave no memory behind, in neither thread", async () => {
  await using servers = await ServerProcess.start();
  const said = await runProgram("many_calls.ts", servers.address, { exposeGc: true, timeoutMs: 110_000 });
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
