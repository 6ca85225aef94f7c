import { assertEquals, assertStringIncludes } from "@std/assert";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runtime, test } from "../harness.ts";
import { GuardedProcess } from "./guarded_process.ts";

const posix = process.platform === "win32" ? { skip: "no POSIX shell" } : {};

test("GuardedProcess.stop() ends a frozen child and removes its folder", async () => {
  const child = new GuardedProcess({ parentFolder: tmpdir(), command: () => ["sleep", "600"] });
  assertEquals(child.running, true);
  child.kill("SIGSTOP");
  await child.stop();
  assertEquals([child.running, child.exitStatus, existsSync(child.folder)], [false, "SIGKILL", false]);
  await child.stop();
}, posix);

test("GuardedProcess tells how its child ended, and keeps what it wrote", async () => {
  await using child = new GuardedProcess({ parentFolder: tmpdir(), command: (folder) => ["ls", `${folder}/nothing`] });
  await child.exited;
  assertEquals([child.running, child.exitStatus !== 0], [false, true]);
  assertStringIncludes(child.log, `${child.folder}/nothing`);
}, posix);

for (const signal of ["SIGKILL", "SIGTERM", "SIGINT"] as const) {
  test(`GuardedProcess ends its child and removes its folder when ${signal} ends this process`, async () => {
    const parent = startParent();
    const { pid, folder } = JSON.parse(await firstLine(parent));
    assertEquals([isRunning(pid), existsSync(folder)], [true, true]);
    parent.kill(signal);
    await once(parent, "close");
    while (isRunning(pid) || existsSync(folder)) await delay(50);
  }, posix);
}

function startParent(): ChildProcess {
  const flags = { deno: ["run", "--allow-all"], bun: [], node: ["--import", "tsx"] }[runtime];
  const file = fileURLToPath(new URL("./guarded_parent.ts", import.meta.url));
  return spawn(process.execPath, [...flags, file], { stdio: ["ignore", "pipe", "inherit"] });
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  let text = "";
  while (!text.includes("\n")) text += (await once(stdout!, "data"))[0];
  return text;
}

/** Whether a process runs. One that has ended may be listed for a while yet, as a zombie. */
function isRunning(pid: number): boolean {
  const state = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).stdout.trim();
  return state !== "" && !state.startsWith("Z");
}
