/** Prints as JSON the share of a CPU that the process uses while its clients have nothing to do: `resting.ts host:port`. */
import process from "node:process";
import { connectSync, type SyncNameServerClient } from "../../../src/sync.ts";
import { block } from "../block.ts";

const CLOSED = 10;
/** In the same way as is measured then, for what is on its way to rest: compilers, collectors, workers that end. */
const SETTLE_MS = 300;
const MEASURE_MS = 1000;

for (let used = 0; used < CLOSED; used++) connected().close();
const closed = await share(block);
const client = connected();
const blocked = await share(block);
const idle = await share((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
client.close();
console.log(JSON.stringify({ closed, blocked, idle }));

function connected(): SyncNameServerClient {
  const client = connectSync(process.argv[2], { timeoutMs: 30_000 });
  client.listTopics();
  return client;
}

/** CPU time by time, of all threads. */
async function share(rest: (ms: number) => void | Promise<void>): Promise<number> {
  await rest(SETTLE_MS);
  const [start, startUsed] = [performance.now(), usedMs()];
  await rest(MEASURE_MS);
  return (usedMs() - startUsed) / (performance.now() - start);
}

function usedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
