import { assertEquals, assertRejects } from "@std/assert";
import { NameServerClosedError } from "../../../mod.ts";
import { test } from "../../harness.ts";
import { until, World } from "./world.ts";

test("unregister() tells every broker that was told, once, and leaves other groups alone", async () => {
  await using world = new World();
  const [master, slave] = [world.broker("a:1"), world.broker("a:2", { brokerId: 1 })];
  await using client = world.client();
  await using producer = await client.registerProducer("p", "id");
  const consumer = await client.registerConsumer("c", "id");
  assertEquals(slave.producers("p"), ["id"]); // it came along with the consumer
  await consumer.unregister();
  await consumer.unregister();
  for (const broker of [master, slave]) assertEquals(broker.consumers("c"), []);
  assertEquals([master.producers("p"), slave.producers("p")], [["id"], []]);
  const goodbyes = master.heard.all.filter(({ code }) => code === 35).map(({ extFields }) => extFields);
  assertEquals(goodbyes, [{ clientID: "id", consumerGroup: "c" }]);
  assertEquals([consumer.brokers, producer.brokers], [[], ["a:1"]]);
});

test("unregister() of a group that was registered twice tells brokers when the last one ends", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  const [first, second] = [await client.registerProducer("p", "id"), await client.registerProducer("p", "id")];
  await first.unregister();
  assertEquals(broker.producers("p"), ["id"]);
  await second.unregister();
  assertEquals(broker.producers("p"), []);
});

test("unregister() resolves although a broker is gone or silent, and says which could not be told", async () => {
  await using world = new World();
  const [a, b] = [world.broker("a:1"), world.broker("b:1", { brokerName: "b" })];
  await using client = world.client();
  const registration = await client.registerProducer("p", "id");
  b.mode = "silent";
  await registration.unregister({ timeoutMs: 50 });
  assertEquals(a.producers("p"), []);
  assertEquals([...registration.failures].map(([address, error]) => [address, error.code]), [["b:1", "NAMESRV_TIMEOUT"]]);
});

test("unregister() ends with its signal, and brokers are told nevertheless", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  const registration = await client.registerProducer("p", "id");
  assertEquals(await registration.unregister({ signal: AbortSignal.abort("enough") }).catch((reason) => reason), "enough");
  assertEquals(broker.producers("p"), ["id"]);
  const controller = new AbortController();
  const leaving = registration.unregister({ signal: controller.signal });
  controller.abort("enough");
  assertEquals(await leaving.catch((reason) => reason), "enough");
  await until(() => broker.producers("p").length === 0);
});

test("unregister() and a registration of the same group after it leave the group registered", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  const first = await client.registerProducer("p", "id");
  const leaving = first.unregister();
  await using second = await client.registerProducer("p", "id");
  await leaving;
  assertEquals([broker.producers("p"), second.brokers], [["id"], ["a:1"]]);
});

test("close() tells brokers goodbye, then closes every connection", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  const client = world.client();
  await client.registerProducer("p", "id");
  await client.registerConsumer("p", "id");
  await client.close();
  assertEquals(broker.heard.all.filter(({ code }) => code === 35).map(({ extFields }) => extFields), [
    { clientID: "id", producerGroup: "p", consumerGroup: "p" },
  ]);
  await until(() => broker.connections === 0);
});

test("close() rejects calls in flight at once, and waits for a silent broker no longer than a second", async () => {
  await using world = new World();
  const [broker, silent] = [world.broker("a:1"), world.broker("b:1", { brokerName: "b" })];
  const client = world.client();
  const registration = await client.registerProducer("p", "id");
  silent.mode = "silent";
  world.nameServer.setFaults({ silent: true });
  const inFlight = client.listTopics();
  await until(() => world.nameServer.received.some(({ code }) => code === 206));
  let closed = false;
  const closing = client.close().then(() => closed = true);
  await assertRejects(() => inFlight, NameServerClosedError);
  await assertRejects(() => client.listTopics(), NameServerClosedError);
  await until(() => silent.heard.all.length === 2);
  assertEquals(closed, false); // it still waits for the goodbye's answer
  await closing;
  assertEquals(broker.producers("p"), []);
  assertEquals(world.peer.open.length, 0);
  await registration.unregister();
});

test("a registration that is under way when the client closes rejects", async () => {
  await using world = new World();
  world.broker("a:1").mode = "silent";
  const client = world.client();
  const registering = client.registerProducer("p", "id");
  await until(() => world.peer.sent.length === 1);
  await Promise.all([assertRejects(() => registering, NameServerClosedError), client.close()]);
});
