import { assert, assertEquals, assertThrows } from "@std/assert";
import { NameServerClosedError, NameServerUnavailableError } from "../../mod.ts";
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

test("registerConsumer() and registerProducer() of one client share a heartbeat, until the last has left", async () => {
  const { servers, broker, mapAddress } = await withBroker();
  await using _ = servers;
  const client = connectSync(servers.address, { timeoutMs: 20_000 });
  const producer = client.registerProducer("payments", "10.0.0.9@1", { mapAddress });
  const consumer = client.registerConsumer("ledger", "10.0.0.9@1", {
    mapAddress,
    subscriptions: [{ topic: "orders" }],
    topics: ["orders"],
  });
  producer.unregister();
  assertEquals([consumer.brokers, producer.brokers], [[broker], []]);
  client.close();
  const codes = await servers.received(1);
  assertEquals([codes.filter((code) => code === GOODBYE).length, codes.at(-1)], [2, GOODBYE]);
  assertThrows(() => client.registerProducer("payments", "10.0.0.9@1"), NameServerClosedError);
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

test("a registration that no broker accepts fails, and nothing goes on", async () => {
  const { servers, mapAddress } = await withBroker();
  await using _ = servers;
  await servers.stop(1);
  using client = connectSync(servers.address, { timeoutMs: 20_000 });
  const error = assertThrows(() => client.registerProducer("payments", "10.0.0.9@1", { mapAddress }), NameServerUnavailableError);
  assertEquals([error.operation, error.errors.map(({ code }) => code)], ["registerProducer", ["NAMESRV_CONNECT"]]);
  assertThrows(() => client.registerProducer("", "10.0.0.9@1"), TypeError);
  assertThrows(() => client.registerConsumer("g", "10.0.0.9@1", { topics: ["none"] }), NameServerUnavailableError, "none");
}, LIMIT);

test("fault 71: brokers that come are told by a call behind an interval", async () => {
  const { servers, broker } = await withBroker();
  await using _ = servers;
  using client = connectSync(servers.address, { timeoutMs: 20_000 });
  let address = broker;
  const registration = client.registerProducer("payments", "10.0.0.9@1", { intervalMs: 50, mapAddress: () => address });
  address = await servers.add();
  await servers.setFaults({ answer: { type: "command", code: 0, remark: "" } }, 2);
  compute(60);
  while (registration.brokers[0] !== address) client.listTopics();
  assertEquals(registration.brokers, [address]);
  assertEquals((await servers.received(1)).at(-1), GOODBYE);
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
