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
  assertEquals(new Set(world.nameServer.received.map(({ code }) => code)), new Set([106]));
  assertEquals(broker.connections, 1);
});

test("fault 71: a broker that is killed and comes back lists the client again", async () => {
  await using world = new World();
  const [killed, other] = [world.broker("a:1"), world.broker("b:1", { brokerName: "b" })];
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", { intervalMs });
  killed.kill();
  assertEquals(killed.producers("g"), []);
  await until(() => registration.failures.has("a:1"));
  assertEquals(registration.brokers, ["b:1"]);
  const before = other.heartbeats.all.length;
  await until(() => other.heartbeats.all.length > before + 2); // one that fails stops nobody
  killed.restart();
  await until(() => killed.producers("g").length === 1);
  await until(() => registration.brokers.length === 2);
  assertEquals(registration.failures.size, 0);
});

test("fault 71: a broker that is added lists the client, and one that leaves is told no more", async () => {
  await using world = new World();
  const first = world.broker("a:1");
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", { intervalMs });
  const added = world.broker("b:1", { brokerName: "b" });
  await until(() => added.producers("g").length === 1);
  await until(() => registration.brokers.length === 2);
  await world.unlist("a:1");
  await until(() => registration.brokers.join() === "b:1");
  assertEquals(registration.failures.size, 0);
  await until(() => first.connections === 0); // and with its connection it forgets the client
  assertEquals(first.producers("g"), []);
});

test("fault 71: a master that moves to another port is followed", async () => {
  await using world = new World();
  const before = world.broker("a:1");
  await using client = world.client();
  await using registration = await client.registerConsumer("g", "id", { intervalMs, topics: ["orders"] });
  before.kill();
  await world.unlist("a:1");
  const after = world.broker("a:2");
  await until(() => after.consumers("g").length === 1);
  await until(() => registration.brokers.join() === "a:2");
  assertEquals([...registration.failures.keys()], []);
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
    assertEquals([event.about, event.message], ["registration", "Cannot rewrite addresses of brokers: tunnel lost"]);
    break;
  }
  const before = broker.heartbeats.all.length;
  await until(() => broker.heartbeats.all.length > before + 2);
  assertEquals(registration.brokers, ["a:1"]);
});
