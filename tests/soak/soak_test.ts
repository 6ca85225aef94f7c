import { assertEquals } from "@std/assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime, test } from "../harness.ts";

/** With this seed there is every kind of trouble in twenty seconds, each at least twice, and a moment with all servers frozen. */
const SEED = 22;
const LIMIT_MS = 110_000;

/** A runtime that can be asked for a full collection. */
const START: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--quiet", "--allow-all", "--v8-flags=--expose-gc"],
  bun: ["run"],
  node: ["--expose-gc", "--import", "tsx"],
};

const skip = process.platform === "win32" ? "its servers need signals and a POSIX shell" : undefined;

test("a client under load keeps its promises while servers are killed, frozen, slowed and spoilt for twenty seconds", async () => {
  const args = [fileURLToPath(new URL("run.ts", import.meta.url)), "--seconds", "20", "--seed", `${SEED}`, "--embedded"];
  const child = spawn(process.execPath, [...START[runtime], ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output += chunk);
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  try {
    await once(child, "close"); // by itself: nothing of the client holds it
  } finally {
    clearTimeout(limit);
    child.kill("SIGKILL"); // its servers end with it
  }
  assertEquals([child.exitCode, output.trim().split("\n").at(-1)], [0, "every promise was kept"], output);
}, { skip, timeoutMs: LIMIT_MS + 10_000 });
