import { assertEquals } from "@std/assert";
import { test } from "../../harness.ts";
import { until, World } from "./world.ts";

// Short enough to see several, and nothing is asserted on how long anything takes
const intervalMs = 40;

test("a registration goes on: each broker hears once an interval, and the NameServer is asked as often", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await using _ = await client.registerProducer("g", "id", { intervalMs });
  await until(() => broker.heartbeats.all.length > 4);
  await until(() => world.nameServer.received.length >= 3);
  assertEquals(world.nameServer.received.every(({ code }) => code === 106), true);
  assertEquals(broker.connections, 1);
});

test("a NameServer that is silent, or restarts and knows no broker for a while, costs no broker its clients", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", { intervalMs });
  await world.unlist("a:1");
  await until(() => registration.brokers.length === 0);
  assertEquals(broker.producers("g"), ["id"]);
  world.list("a:1");
  await until(() => registration.brokers.length === 1);
  assertEquals(broker.producers("g"), ["id"]);
  world.nameServer.setFaults({ refuse: true });
  world.nameServer.dropConnections();
  const before = broker.heartbeats.all.length;
  await until(() => broker.heartbeats.all.length > before + 3);
  assertEquals(registration.brokers, ["a:1"]);
});

test("a broker that refuses is told again later, and its words are kept meanwhile", async () => {
  await using world = new World();
  world.broker("a:1");
  const broker = world.broker("b:1", { brokerName: "b" });
  broker.mode = { code: 1, remark: "not now" };
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", { intervalMs });
  assertEquals(registration.failures.get("b:1")?.message.includes("not now"), true);
  broker.mode = "serves";
  await until(() => registration.failures.size === 0);
  assertEquals(broker.producers("g"), ["id"]);
});

test("a broker that fails is told again when the remote's backoff has passed, which is asked with its failures in a row", async () => {
  await using world = new World();
  world.broker("a:1");
  const broker = world.broker("b:1", { brokerName: "b" });
  broker.down = true;
  const asked: number[] = [];
  await using client = world.client({ backoff: (attempt) => (asked.push(attempt), 100) });
  await using registration = await client.registerProducer("g", "id"); // whose next heartbeats are due in 15 s at the soonest
  await until(() => asked.includes(3));
  assertEquals([asked.filter((attempt) => attempt > 1), registration.brokers], [[2, 3], ["a:1"]]); // each call by itself asks for 1
  broker.restart();
  await until(() => registration.failures.size === 0);
  assertEquals([...registration.brokers].sort(), ["a:1", "b:1"]);
});

test("groups of one clientId with different intervals are told at the shortest", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await using _slow = await client.registerProducer("slow", "id");
  const fast = await client.registerProducer("fast", "id", { intervalMs });
  await until(() => broker.heartbeats.all.length > 5);
  assertEquals(broker.heartbeats.all.at(-1)?.producerDataSet.length, 2);
  await fast.unregister();
  assertEquals([broker.producers("slow"), broker.producers("fast")], [["id"], []]);
});

test("a mapAddress that throws behind the scenes is reported, and brokers are told as before", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  let fails = false;
  const mapAddress = (address: string) => {
    if (fails) throw new Error("tunnel lost");
    return address;
  };
  await using registration = await client.registerProducer("g", "id", { intervalMs, mapAddress });
  fails = true;
  const events = client.events();
  world.broker("b:1", { brokerName: "b" });
  for await (const event of events) {
    if (event.type !== "warning") continue;
    assertEquals([event.about, event.message], ["suspect-route", "Cannot rewrite addresses of brokers: tunnel lost"]);
    break;
  }
  const before = broker.heartbeats.all.length;
  await until(() => broker.heartbeats.all.length > before + 2);
  assertEquals(registration.brokers, ["a:1"]);
});
