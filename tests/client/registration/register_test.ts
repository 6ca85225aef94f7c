import { assertEquals, assertRejects } from "@std/assert";
import {
  NameServerClosedError,
  NameServerResponseError,
  NameServerTimeoutError,
  NameServerUnavailableError,
  TopicNotFoundError,
} from "../../../mod.ts";
import { test } from "../../harness.ts";
import { until, World } from "./world.ts";

const codes = (broker: { readonly heard: { readonly all: readonly { readonly code: number }[] } }) =>
  broker.heard.all.map(({ code }) => code);

test("registerProducer() makes masters list the client, and slaves not", async () => {
  await using world = new World();
  const [master, slave, other] = [world.broker("a:1"), world.broker("a:2", { brokerId: 1 }), world.broker("b:1", { brokerName: "b" })];
  await using client = world.client();
  await using registration = await client.registerProducer("producer_group", "producer_client_id");
  assertEquals([registration.group, registration.clientId], ["producer_group", "producer_client_id"]);
  assertEquals([...registration.brokers].sort(), ["a:1", "b:1"]);
  assertEquals(registration.failures.size, 0);
  for (const broker of [master, other]) assertEquals(broker.producers("producer_group"), ["producer_client_id"]);
  assertEquals(codes(slave), []);
});

test("registerConsumer() makes every broker list the client with its subscriptions", async () => {
  await using world = new World();
  const [master, slave] = [world.broker("a:1"), world.broker("a:2", { brokerId: 1 })];
  await using client = world.client();
  const subscriptions = [{ topic: "orders", expression: "TagA || TagB" }];
  await using _ = await client.registerConsumer("g", "id", { subscriptions });
  for (const broker of [master, slave]) {
    assertEquals(broker.consumers("g"), ["id"]);
    const [told] = broker.subscriptions("g", "id");
    assertEquals([told?.topic, told?.subString, told?.codeSet], ["orders", "TagA || TagB", [2598919, 2598920]]);
  }
});

test("registerProducer() with topics tells only brokers that serve them", async () => {
  await using world = new World();
  const a = world.broker("a:1", { topics: ["orders", "x"] });
  const b = world.broker("b:1", { brokerName: "b", topics: ["bills", "x"] });
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", { topics: ["bills", "nowhere"] });
  assertEquals(registration.brokers, ["b:1"]);
  assertEquals([codes(a), codes(b)], [[], [34]]);
});

test("registerProducer() dials what mapAddress gives", async () => {
  await using world = new World();
  world.list("10.0.0.1:10911");
  const broker = world.broker("tunnel:1", { brokerName: "b" });
  await world.unlist("tunnel:1", { brokerName: "b" });
  await using client = world.client();
  await using registration = await client.registerProducer("g", "id", {
    mapAddress: (address, { brokerName }) => `${address} ${brokerName}` === "10.0.0.1:10911 a" ? "tunnel:1" : address,
  });
  assertEquals(registration.brokers, ["tunnel:1"]);
  assertEquals(broker.producers("g"), ["id"]);
});

test("registerProducer() and registerConsumer() of one clientId share a heartbeat; two clientIds do not, and all share a connection", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await client.registerProducer("p", "one");
  await client.registerConsumer("c", "one");
  await client.registerProducer("p", "two");
  const told = broker.heartbeats.all.map((each) => [
    each.clientID,
    ...each.producerDataSet.map(({ groupName }) => groupName),
    ...each.consumerDataSet.map(({ groupName }) => groupName),
  ]);
  assertEquals(told, [["one", "p"], ["one", "p", "c"], ["two", "p"]]);
  assertEquals([broker.producers("p"), broker.consumers("c")], [["one", "two"], ["one"]]);
  assertEquals(broker.connections, 1);
});

test("registerProducer() of groups at the same time asks the NameServer once, and sends one heartbeat for all", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  await using client = world.client();
  await Promise.all(Array.from({ length: 50 }, (_, i) => client.registerProducer(`g${i}`, "id")));
  assertEquals(codes(broker), [34]);
  assertEquals(broker.heartbeats.all[0]!.producerDataSet.length, 50);
  assertEquals(world.nameServer.received.map(({ code }) => code), [106]);
});

test("registerProducer() succeeds if one broker accepts, and says why others did not", async () => {
  await using world = new World();
  world.broker("a:1");
  world.broker("b:1", { brokerName: "b" }).down = true;
  world.broker("c:1", { brokerName: "c" }).mode = { code: 1, remark: "No acl config for k" };
  await using client = world.client();
  const registration = await client.registerProducer("g", "id");
  assertEquals(registration.brokers, ["a:1"]);
  assertEquals([...registration.failures.keys()].sort(), ["b:1", "c:1"]);
  assertEquals(registration.failures.get("b:1")?.code, "NAMESRV_CONNECT");
  const refused = registration.failures.get("c:1");
  assertEquals(refused instanceof NameServerResponseError && refused.remark, "No acl config for k");
});

test("registerProducer() rejects if no broker accepts, and nothing goes on", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  broker.mode = { code: 1, remark: "no" };
  await using client = world.client();
  const error = await assertRejects(
    () => client.registerProducer("g", "id", { intervalMs: 20 }),
    NameServerUnavailableError,
    `Cannot register producer "g" as "id"`,
  );
  assertEquals([error.errors.length, error.operation], [1, "registerProducer"]);
  broker.mode = "serves";
  await using other = await client.registerProducer("other", "id", { intervalMs: 20 }); // the same client: its heartbeats are the proof
  await until(() => broker.heartbeats.all.length > 4);
  assertEquals(other.brokers, ["a:1"]);
  const after = broker.heartbeats.all.slice(1).flatMap((each) => each.producerDataSet.map(({ groupName }) => groupName));
  assertEquals([...new Set(after)], ["other"]);
});

test("registerProducer() rejects where there is no broker, and says what is missing", async () => {
  await using world = new World();
  await using client = world.client();
  await assertRejects(() => client.registerProducer("g", "id"), NameServerUnavailableError, "no NameServer lists a master");
  const error = await assertRejects(
    () => client.registerConsumer("g", "id", { topics: ["nowhere"] }),
    NameServerUnavailableError,
    "no such topic",
  );
  assertEquals(error.errors[0] instanceof TopicNotFoundError, true);
});

test("registerProducer() refuses misuse before any I/O", async () => {
  await using world = new World();
  world.broker("a:1");
  await using client = world.client();
  await assertRejects(() => client.registerProducer("", "id"), TypeError, "group must not be empty");
  await assertRejects(() => client.registerProducer("g", ""), TypeError, "clientId must not be empty");
  await assertRejects(() => client.registerProducer("a b", "id"), TypeError, `" " at index 1`);
  await assertRejects(() => client.registerProducer("g", "id", { intervalMs: 0 }), RangeError, "intervalMs");
  await assertRejects(() => client.registerProducer("g", "id", { timeoutMs: -1 }), RangeError, "timeoutMs");
  assertEquals([world.nameServer.received.length, world.peer.dials.length], [0, 0]);
});

test("registerProducer() ends with its signal, and brokers that heard of it are told goodbye", async () => {
  await using world = new World();
  const broker = world.broker("a:1");
  world.broker("b:1", { brokerName: "b" }).mode = "silent";
  await using client = world.client();
  const controller = new AbortController();
  const registering = client.registerProducer("g", "id", { signal: controller.signal });
  await until(() => broker.producers("g").length === 1);
  controller.abort("enough");
  assertEquals(await registering.catch((reason) => reason), "enough");
  await until(() => broker.producers("g").length === 0);
  assertEquals(await client.registerProducer("g", "id", { signal: controller.signal }).catch((reason) => reason), "enough");
});

test("registerProducer() waits for silent brokers no longer than its deadline", async () => {
  await using world = new World();
  world.broker("a:1").mode = "silent";
  await using client = world.client();
  const error = await assertRejects(() => client.registerProducer("g", "id", { timeoutMs: 50 }), NameServerUnavailableError);
  assertEquals(error.errors.map((each) => each instanceof NameServerTimeoutError), [true]);
});

test("registerProducer() of a closed client is refused", async () => {
  await using world = new World();
  const client = world.client();
  await client.close();
  await assertRejects(() => client.registerProducer("g", "id"), NameServerClosedError);
});

test("a broker's notification arrives as an event, before the heartbeat's own answer and with its opaque", async () => {
  await using world = new World();
  world.broker("a:1").notifies = true;
  await using client = world.client();
  const events = client.events();
  await using registration = await client.registerConsumer("g", "id");
  assertEquals(registration.brokers, ["a:1"]);
  for await (const event of events) {
    if (event.type !== "notification") continue;
    assertEquals([event.address, event.command.code, event.command.extFields["consumerGroup"]], ["a:1", 40, "g"]);
    break;
  }
});
