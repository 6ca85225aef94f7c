import { assertEquals } from "@std/assert";
import { Registrar } from "../../../src/client/registration/registrar.ts";
import { producerGroup } from "../../../src/route/registration/registered_group.ts";
import { FakeTimers } from "../../remote/fake_timers.ts";
import { test } from "../../harness.ts";
import { until, World } from "./world.ts";

const MANY = 1000;
const INTERVAL_MS = 30_000;

test("1,000 clients: one heartbeat a broker, client and interval, one connection a broker, one question to the NameServer", async () => {
  await using world = new World();
  const brokers = [world.broker("a:1"), world.broker("b:1", { brokerName: "b" })];
  const clock = new FakeTimers();
  await using client = world.client();
  const registrar = new Registrar({
    remote: client.remote,
    source: {
      ofCluster: async () => Object.values((await client.getBrokerClusterInfo()).brokerAddrTable),
      ofTopic: () => Promise.resolve([]),
    },
    timeoutMs: undefined,
    publish: () => {},
    timers: clock,
  });
  const register = (i: number) => registrar.register(producerGroup({ group: "g", clientId: `id-${i}` }), {});
  await Promise.all(Array.from({ length: MANY }, (_, i) => register(i)));
  for (const broker of brokers) assertEquals([broker.heartbeats.all.length, broker.producers("g").length], [MANY, MANY]);

  clock.advance(INTERVAL_MS); // in which brokers answer nothing: they have no time to
  await until(() => brokers.every(({ heartbeats }) => heartbeats.all.length >= 2 * MANY));
  for (const broker of brokers) {
    const again = broker.heartbeats.all.slice(MANY).map(({ clientID }) => clientID);
    assertEquals([again.length, new Set(again).size], [MANY, MANY]);
    assertEquals(broker.connections, 1);
  }
  assertEquals(world.nameServer.received.map(({ code }) => code), [106, 106]);
  assertEquals(clock.holding, false);
  registrar.close();
  assertEquals(clock.pending.size, 0);
}, { timeoutMs: 60_000 });

test("1,000 groups of one client share its heartbeats", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await Promise.all(Array.from({ length: MANY }, (_, i) => client.registerProducer(`g${i}`, "id", { intervalMs: 50 })));
  await until(() => broker.heartbeats.all.length > 3);
  assertEquals(broker.heartbeats.all.map(({ producerDataSet }) => producerDataSet.length), broker.heartbeats.all.map(() => MANY));
}, { timeoutMs: 60_000 });

test("registrations that come and go leave nothing behind", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  for (let i = 0; i < 200; i++) await (await client.registerProducer("g", `id-${i}`)).unregister();
  assertEquals(broker.producers("g"), []);
  assertEquals(broker.heard.all.map(({ code }) => code), Array.from({ length: 200 }, () => [34, 35]).flat());
  assertEquals(broker.connections, 1);
});
