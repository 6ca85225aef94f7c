import { assertEquals } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { type ChildEnd, runScript } from "./child_script.ts";

/** What a script makes of a server. */
async function runAgainst(server: EmbeddedNameServer, script: string): Promise<ChildEnd> {
  const { address } = await server.listen();
  const { status, output } = await runScript(script, [address]);
  return { status, output: output.trim() };
}

test("fault 77: a process ends by itself although its client is open and idle", async () => {
  await using server = new EmbeddedNameServer();
  assertEquals(await runAgainst(server, "idle_process.ts"), { status: 0, output: "answered" });
}, { timeoutMs: 60_000 });

test("fault 77: a process goes on while a call is in flight, and ends behind it", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ silent: true });
  assertEquals(await runAgainst(server, "waiting_process.ts"), { status: 0, output: "NAMESRV_TIMEOUT" });
  assertEquals(server.received.length, 1);
}, { timeoutMs: 60_000 });

test("fault 65: an answer that arrived while the thread was busy wins over the deadline that passed meanwhile", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ delayMs: 150 });
  assertEquals(await runAgainst(server, "stalled_process.ts"), { status: 0, output: "answered" });
}, { timeoutMs: 60_000 });
