import { assertEquals } from "@std/assert";
import { test } from "../harness.ts";
import { runProgram } from "./run_program.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

test("fault 77: a process ends although its blocking client is open", async () => {
  await using servers = await ServerProcess.start();
  assertEquals(await runProgram("idle.ts", servers.address), "2 topics");
}, LIMIT);

test("a client in a worker thread blocks this thread only", async () => {
  await using servers = await ServerProcess.start();
  // For the program of the outer worker, which is a file.
  assertEquals(await runProgram("nested.ts", servers.address, { permissions: ["--allow-net", "--allow-read"] }), "2 topics");
}, LIMIT);
