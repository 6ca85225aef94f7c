import { assert, assertEquals } from "@std/assert";
import { BlockingRemote } from "../../src/sync/blocking_remote.ts";
import { type PumpWorker, startWorker } from "../../src/sync/start_worker.ts";
import { connectSync, SyncNameServerClient } from "../../src/sync.ts";
import { test } from "../harness.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };
const BEAT = 34, GOODBYE = 35;

/** A NameServer, and a server that takes whatever it is told, as brokers do with heartbeats. */
async function withBroker(): Promise<{ readonly servers: ServerProcess; readonly broker: string; readonly mapAddress: () => string }> {
  const servers = await ServerProcess.start(2);
  await servers.setFaults({ answer: { type: "command", code: 0, remark: "" } }, 1);
  const broker = servers.addresses[1]!;
  return { servers, broker, mapAddress: () => broker };
}

/** Computes for so long, without a turn of the event loop. */
function compute(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until;);
}

test("registerProducer() tells the brokers, goes on while the thread computes, and takes leave", async () => {
  const { servers, broker, mapAddress } = await withBroker();
  await using _ = servers;
  using client = connectSync(servers.address, { timeoutMs: 20_000 });
  const registration = client.registerProducer("payments", "10.0.0.9@1", { intervalMs: 50, mapAddress });
  assertEquals([registration.group, registration.clientId, registration.brokers], ["payments", "10.0.0.9@1", [broker]]);
  compute(1500);
  assertEquals([registration.brokers, registration.failures.size], [[broker], 0]);
  registration.unregister();
  registration.unregister();
  const codes = await servers.received(1);
  assert(codes.filter((code) => code === BEAT).length > 2, `${codes}`);
  assertEquals(codes.filter((code) => code === GOODBYE), [GOODBYE]);
  assertEquals([codes.at(-1), registration.brokers], [GOODBYE, []]);
}, LIMIT);

test("a broker that ends its connection while the thread computes is told again", async () => {
  const { servers, broker, mapAddress } = await withBroker();
  await using _ = servers;
  using client = connectSync(servers.address, { timeoutMs: 20_000 });
  const registration = client.registerProducer("payments", "10.0.0.9@1", { intervalMs: 50, mapAddress });
  const before = (await servers.received(1)).length;
  await servers.dropConnections(1);
  compute(1500);
  assert((await servers.received(1)).length > before + 1);
  assertEquals(registration.brokers, [broker]);
}, LIMIT);

test("behind a worker that died, registrations go on in the next one", async () => {
  const { servers, broker, mapAddress } = await withBroker();
  await using _ = servers;
  let worker: PumpWorker | undefined;
  const remote = new BlockingRemote(servers.address, { timeoutMs: 20_000 }, (memory) => worker = startWorker(memory));
  using client = new SyncNameServerClient(remote, { timeoutMs: 20_000 });
  const registration = client.registerProducer("payments", "10.0.0.9@1", { intervalMs: 50, mapAddress });
  await worker!.terminate();
  const before = (await servers.received(1)).filter((code) => code === BEAT).length;
  for (const until = performance.now() + 20_000; performance.now() < until;) {
    if (registration.brokers[0] === broker && (await servers.received(1)).filter((code) => code === BEAT).length > before) return;
  }
  throw new Error("no heartbeat came");
}, LIMIT);
