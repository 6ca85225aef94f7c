/**
 * What do 1,000 registrations cost a process while they live? Brokers and NameServer are another process; heartbeats go every 30 s.
 *
 *   deno run --allow-all bench/registration.ts
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { connect } from "../mod.ts";
import { EmbeddedNameServer } from "../src/testing.ts";
import { TcpBroker } from "../tests/cli/tcp_broker.ts";
import { brokerA } from "../tests/server/brokers.ts";

const CLIENTS = 1000;
const MEASURED_MS = 60_000;

if (process.argv[2] === "serve") await serve();
else await measure();

/** A NameServer and two brokers, until the process is killed. */
async function serve(): Promise<void> {
  const server = new EmbeddedNameServer();
  for (const brokerName of ["a", "b"]) {
    const { address } = await TcpBroker.listen();
    server.registerBroker(brokerA({ brokerName, brokerAddr: address, heartbeatTimeoutMs: 3_600_000 }));
  }
  console.log((await server.listen()).address);
}

async function measure(): Promise<void> {
  const servers = spawn(process.execPath, ["run", "--allow-all", fileURLToPath(import.meta.url), "serve"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [address] = await once(servers.stdout, "data");
    await using client = await connect(String(address).trim());
    const rssBefore = megabytes();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client.registerProducer("g", `id-${i}`)));
    console.log(`${CLIENTS} clients at 2 brokers registered in ${Math.round(performance.now() - startedAt)} ms`);
    await sleep(30_000); // the first interval, with the traces of the start
    const [rss, cpu] = [megabytes(), process.cpuUsage()];
    await sleep(MEASURED_MS);
    const { user, system } = process.cpuUsage(cpu);
    console.log(`CPU ${((user + system) / 10 / MEASURED_MS).toFixed(2)} % of one core`);
    console.log(`resident memory ${rssBefore} MB before, ${rss} MB after 30 s, ${megabytes()} MB after 90 s`);
  } finally {
    servers.kill("SIGKILL");
  }
}

function megabytes(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
