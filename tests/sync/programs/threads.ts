/** Opens and closes clients, and prints as JSON how many threads the process has: `threads.ts host:port`. Needs Linux. */
import { readdirSync } from "node:fs";
import process from "node:process";
import { connectSync } from "../../../src/sync.ts";
import { block } from "../block.ts";

/** The first ones make a runtime start threads that stay: of its pool, its compiler, its collector. */
const FIRST = 5, MORE = 30;
const LIMIT_MS = 10_000;

use(FIRST);
block(500);
const before = threads();
use(MORE);
// Threads end a moment behind their close().
for (const until = performance.now() + LIMIT_MS; threads() > before && performance.now() < until;) block(50);
console.log(JSON.stringify({ before, after: threads() }));

function use(clients: number): void {
  for (let used = 0; used < clients; used++) {
    using client = connectSync(process.argv[2], { timeoutMs: 30_000 });
    client.listTopics();
  }
}

function threads(): number {
  return readdirSync("/proc/self/task").length;
}
