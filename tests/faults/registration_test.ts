import { assertEquals } from "@std/assert";
import { until, World } from "../client/registration/world.ts";
import { fault } from "./fault.ts";

// Short enough to see several, and nothing is asserted on how long anything takes
const intervalMs = 40;

fault(71, "a broker that is killed and comes back lists the client again", async () => {
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

fault(71, "a broker that is added lists the client, and one that leaves is told no more", async () => {
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

fault(71, "a master that moves to another port is followed", async () => {
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
