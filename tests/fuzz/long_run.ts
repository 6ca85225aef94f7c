/**
 * A long run: `deno run -A tests/fuzz/long_run.ts [INPUTS] [SEED]`, ten million inputs unless told otherwise. Prints its seed and, every million,
 * how it goes; a crash is written to the corpus, and ends it with status 1.
 */
import { writeFile } from "node:fs/promises";
import process from "node:process";
import { fuzz } from "./fuzz.ts";
import { toHex } from "../golden/hex.ts";

const ROUND = 1_000_000;

const count = Number(process.argv[2] ?? 10 * ROUND);
const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
console.log(`${count} inputs, seed ${seed}`);
const startedAt = performance.now();
for (let done = 0; done < count; done += ROUND) {
  const { inputs, slowestMs, crash } = fuzz(Math.min(ROUND, count - done), seed + done / ROUND);
  const memoryMb = Math.round(process.memoryUsage().rss / 1e6);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${done + inputs} inputs in ${seconds} s, slowest ${slowestMs.toFixed(1)} ms, ${memoryMb} MB resident`);
  if (crash === undefined) continue;
  const file = new URL(`corpus/${crash.kind}-${seed + done / ROUND}-${inputs}.hex`, import.meta.url);
  await writeFile(file, toHex(crash.input));
  console.error(`A crash, kept as ${file.pathname}:`, crash.error);
  process.exitCode = 1;
  break;
}
