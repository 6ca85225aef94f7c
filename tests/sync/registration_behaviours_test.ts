import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  NameServerClosedError,
  NameServerResponseError,
  NameServerTimeoutError,
  NameServerUnavailableError,
  TopicNotFoundError,
} from "../../mod.ts";
import { test } from "../harness.ts";
import { BrokerWorld } from "./broker_world.ts";
import { CLIENTS, type EitherClient } from "./either_client.ts";

const LIMIT = { timeoutMs: 60_000 };
const OPTIONS = { timeoutMs: 20_000, backoff: () => 100 };
/** Short enough to see several, long enough for a broker on a busy machine to answer within it. */
const intervalMs = 300;

/** Waits until it holds; whoever blocks goes on by calls. The test's own limit ends a wait for what never comes. */
async function until(client: EitherClient, holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!await holds()) {
    await client.listTopics();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

for (const [kind, connect] of CLIENTS) {
  test(`${kind}: registerProducer() tells masters, and slaves not; unregister() takes leave once`, async () => {
    await using world = await BrokerWorld.start();
    const master = await world.broker({ brokerName: "a" });
    const slave = await world.broker({ brokerName: "a", brokerId: 1 });
    await using client = await connect(world.address, OPTIONS);
    const registration = await client.registerProducer("payments", "id");
    assertEquals([registration.group, registration.clientId], ["payments", "id"]);
    assertEquals([registration.brokers, registration.failures.size], [[master.address], 0]);
    await registration.unregister();
    await registration.unregister();
    assertEquals([registration.brokers, registration.failures.size], [[], 0]);
    assertEquals(await master.story(), ["34 id: payments; ", "35 id: payments; "]);
    assertEquals((await master.heard()).filter(({ code }) => code === 35).length, 1);
    assertEquals(await slave.story(), []);
  }, LIMIT);

  test(`${kind}: registerConsumer() tells every broker, with subscriptions`, async () => {
    await using world = await BrokerWorld.start();
    const brokers = [await world.broker({ brokerName: "a" }), await world.broker({ brokerName: "a", brokerId: 1 })];
    await using client = await connect(world.address, OPTIONS);
    const subscriptions = [{ topic: "orders", expression: "TagA || TagB" }, { topic: "bills" }];
    await using registration = await client.registerConsumer("ledger", "id", { subscriptions });
    assertEquals([...registration.brokers].sort(), brokers.map(({ address }) => address).sort());
    for (const broker of brokers) {
      const [heard] = await broker.heard();
      assertEquals([heard?.consumers, heard?.subscriptions], [["ledger"], ["orders TagA || TagB", "bills *"]]);
    }
  }, LIMIT);

  test(`${kind}: groups of one client share a heartbeat, and each takes its own leave; another client has its own`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, OPTIONS);
    const producer = await client.registerProducer("p", "one");
    const consumer = await client.registerConsumer("c", "one");
    const other = await client.registerProducer("p", "two");
    for (const each of [producer, consumer, other]) assertEquals(each.brokers, [broker.address]);
    await producer.unregister();
    assertEquals([producer.brokers, consumer.brokers], [[], [broker.address]]);
    await consumer.unregister();
    assertEquals(other.brokers, [broker.address]);
    const story = await broker.story();
    assertEquals(story.slice(0, 3), ["34 one: p; ", "34 one: p; c", "34 two: p; "]);
    assertEquals(story.filter((line) => line.startsWith("35")), ["35 one: p; ", "35 one: ; c"]);
  }, LIMIT);

  test(`${kind}: a group that is registered twice takes leave when the last one does`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, OPTIONS);
    const [first, second] = [await client.registerProducer("p", "id"), await client.registerProducer("p", "id")];
    await first.unregister();
    assertEquals([await broker.story(), first.brokers, second.brokers], [["34 id: p; "], [], [broker.address]]);
    await second.unregister();
    assertEquals(await broker.story(), ["34 id: p; ", "35 id: p; "]);
  }, LIMIT);

  test(`${kind}: with topics only their brokers are told, and a topic that nobody knows harms no other`, async () => {
    await using world = await BrokerWorld.start();
    const orders = await world.broker({ topics: ["orders", "both"] });
    const bills = await world.broker({ topics: ["bills", "both"] });
    await using client = await connect(world.address, OPTIONS);
    await using some = await client.registerProducer("g", "id", { topics: ["bills", "nowhere"] });
    assertEquals([some.brokers, await orders.story()], [[bills.address], []]);
    await using all = await client.registerConsumer("g", "id", { topics: ["orders", "both"] });
    assertEquals([...all.brokers].sort(), [orders.address, bills.address].sort());
  }, LIMIT);

  test(`${kind}: a topic that nobody knows, or a NameServer without brokers, is an error that says so`, async () => {
    await using world = await BrokerWorld.start();
    await using client = await connect(world.address, OPTIONS);
    const unknown = await assertRejects(
      () => client.registerConsumer("g", "id", { topics: ["nowhere"] }),
      NameServerUnavailableError,
      'Cannot register consumer "g" as "id": Cannot find route of topic "nowhere"',
    );
    assertEquals([unknown.operation, unknown.errors.map((each) => each instanceof TopicNotFoundError)], ["registerConsumer", [true]]);
    const none = await assertRejects(() => client.registerProducer("g", "id"), NameServerUnavailableError);
    assertEquals([none.message, none.errors], ['Cannot register producer "g" as "id": no NameServer lists a master', []]);
  }, LIMIT);

  test(`${kind}: a registration that no broker accepts fails with one error a broker, and nothing goes on`, async () => {
    await using world = await BrokerWorld.start();
    const [gone, refusing] = [await world.broker(), await world.broker()];
    await gone.stop();
    await refusing.refuse("No acl config for k");
    await using client = await connect(world.address, OPTIONS);
    const error = await assertRejects(() => client.registerProducer("g", "id"), NameServerUnavailableError);
    assertEquals(error.message, `Cannot register producer "g" as "id": ${error.errors.map(({ message }) => message).join("; ")}`);
    const told = error.errors.map(({ code, address, operation }) => `${code} ${address} ${operation}`).sort();
    const expected = [`NAMESRV_CONNECT ${gone.address} sendHeartbeat`, `NAMESRV_RESPONSE ${refusing.address} sendHeartbeat`];
    assertEquals(told, expected.sort());
    await refusing.accept();
    await using other = await client.registerProducer("other", "id", { intervalMs }); // the same client: its heartbeats are the proof
    await until(client, async () => (await refusing.heard()).length > 4);
    assertEquals([other.brokers, (await refusing.story()).slice(1)], [[refusing.address], ["34 id: other; "]]);
  }, LIMIT);

  test(`${kind}: one broker that accepts is enough; why another did not is said, until it does`, async () => {
    await using world = await BrokerWorld.start();
    const [accepting, refusing] = [await world.broker(), await world.broker()];
    await refusing.refuse("not now");
    await using client = await connect(world.address, OPTIONS);
    await using registration = await client.registerProducer("g", "id", { intervalMs });
    assertEquals([registration.brokers, [...registration.failures.keys()]], [[accepting.address], [refusing.address]]);
    const failure = registration.failures.get(refusing.address);
    assert(failure instanceof NameServerResponseError && failure.remark === "not now");
    await refusing.accept();
    await until(client, () => registration.failures.size === 0);
    assertEquals(registration.brokers.length, 2);
  }, LIMIT);

  test(`${kind}: a second group that its broker refuses is not registered, whatever the broker accepted before`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, OPTIONS);
    await using first = await client.registerProducer("first", "id");
    await broker.refuse("enough");
    await assertRejects(() => client.registerProducer("second", "id"), NameServerUnavailableError, "enough");
    assertEquals([first.brokers, [...first.failures.keys()]], [[], [broker.address]]);
  }, LIMIT);

  test(`${kind}: a broker that is silent is waited for until the deadline, and then at fault`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, { ...OPTIONS, backoff: () => 1_000_000 });
    const registration = await client.registerProducer("g", "id");
    await broker.behave({ silent: true });
    const error = await assertRejects(() => client.registerProducer("h", "id", { timeoutMs: 1500 }), NameServerUnavailableError);
    const [late] = error.errors;
    assert(late instanceof NameServerTimeoutError && late.message.startsWith(`Cannot send heartbeat at "${broker.address}": no answer`));
    await broker.accept();
    await using again = await client.registerProducer("h", "id");
    assertEquals([again.brokers, registration.brokers], [[broker.address], [broker.address]]);
    await broker.behave({ silent: true });
    await registration.unregister({ timeoutMs: 300 });
    const failures = [...registration.failures].map(([address, { code, operation }]) => [address, code, operation]);
    assertEquals(failures, [[broker.address, "NAMESRV_TIMEOUT", "unregisterClient"]]);
  }, LIMIT);

  test(
    `${kind}: mapAddress rewrites addresses; one that nobody can dial is that broker's failure, and one that throws is the caller's`,
    async () => {
      await using world = await BrokerWorld.start();
      const broker = await world.broker();
      await world.list("10.0.0.1:10911", { brokerName: "far" });
      await using client = await connect(world.address, { ...OPTIONS, backoff: () => 1_000_000 });
      const mapAddress = (address: string) => address === "10.0.0.1:10911" ? "a,b" : address;
      await using registration = await client.registerProducer("g", "id", { mapAddress });
      assertEquals([registration.brokers, [...registration.failures.keys()]], [[broker.address], ["a,b"]]);
      const failure = registration.failures.get("a,b");
      assertEquals([failure?.code, failure?.retryable, failure?.address], ["NAMESRV_CONNECT", false, "a,b"]);
      const fail = () => {
        throw new Error("tunnel lost");
      };
      await assertRejects(() => client.registerProducer("h", "id", { mapAddress: fail }), Error, "tunnel lost");
      assertEquals(registration.brokers, [broker.address]);
    },
    LIMIT,
  );

  test(`fault 71: ${kind}: a broker that is added hears, one that leaves is told no more, and comes back`, async () => {
    await using world = await BrokerWorld.start();
    const leaving = await world.broker({ brokerName: "a" });
    await using client = await connect(world.address, OPTIONS);
    await using registration = await client.registerProducer("g", "id", { intervalMs });
    const added = await world.broker({ brokerName: "b" });
    await until(client, () => registration.brokers.includes(added.address));
    await client.unregisterBroker({ cluster: "c", brokerName: "a", brokerId: 0, brokerAddr: leaving.address });
    await until(client, () => registration.brokers.join() === added.address);
    const before = (await leaving.heard()).length;
    const others = (await added.heard()).length;
    await until(client, async () => (await added.heard()).length > others + 3);
    assertEquals([(await leaving.heard()).length, await leaving.story()], [before, ["34 id: g; "]]); // a list may be wrong: no goodbye
    await world.list(leaving.address, { brokerName: "a" });
    await until(client, () => registration.brokers.length === 2);
    assertEquals(registration.failures.size, 0);
  }, LIMIT);

  test(
    `fault 71: ${kind}: a broker that is killed and comes back hears at once of a group that registers, before its heartbeat is due`,
    async () => {
      await using world = await BrokerWorld.start();
      const [killed, other] = [await world.broker(), await world.broker()];
      await killed.stop();
      await using client = await connect(world.address, { ...OPTIONS, backoff: () => 1_000_000 });
      await using first = await client.registerProducer("first", "id");
      assertEquals([first.brokers, [...first.failures.keys()]], [[other.address], [killed.address]]);
      await killed.restart();
      await using second = await client.registerProducer("second", "id");
      assertEquals([second.brokers.length, first.brokers.length, second.failures.size], [2, 2, 0]);
    },
    LIMIT,
  );

  test(`fault 71: ${kind}: a broker that fails is told again when the backoff has passed, long before its heartbeat is due`, async () => {
    await using world = await BrokerWorld.start();
    const [killed] = [await world.broker(), await world.broker()];
    await killed.stop();
    await using client = await connect(world.address, OPTIONS);
    await using registration = await client.registerProducer("g", "id", { intervalMs: 1_000_000 });
    await killed.restart();
    await until(client, () => registration.failures.size === 0);
    assertEquals(registration.brokers.length, 2);
  }, LIMIT);

  test(`${kind}: a broker that speaks another protocol is that broker's failure`, async () => {
    await using world = await BrokerWorld.start();
    const [accepting, web] = [await world.broker(), await world.broker()];
    await web.behave({ answer: { type: "bytes", hex: "485454502f312e31203430302042616420526571756573740d0a0d0a" } });
    await using client = await connect(world.address, OPTIONS);
    await using registration = await client.registerProducer("g", "id", { intervalMs });
    assertEquals([registration.brokers, registration.failures.get(web.address)?.code], [[accepting.address], "NAMESRV_WRONG_PROTOCOL"]);
    await web.accept();
    await until(client, () => registration.failures.size === 0);
    assertEquals(registration.brokers.length, 2);
  }, LIMIT);

  test(`${kind}: a NameServer that does not answer ends a registration by its deadline`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, { ...OPTIONS, retries: 0 });
    await world.silenceNameServer();
    const error = await assertRejects(() => client.registerProducer("g", "id", { timeoutMs: 300 }), NameServerTimeoutError);
    assertEquals([error.address, error.operation, await broker.story()], [world.address, "getBrokerClusterInfo", []]);
  }, LIMIT);

  test(`${kind}: close() takes leave of all groups, and registers nobody any more`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    const client = await connect(world.address, OPTIONS);
    const registration = await client.registerProducer("g", "id");
    await client.registerConsumer("g", "id");
    await client.close();
    assertEquals(await broker.story(), ["34 id: g; ", "34 id: g; g", "35 id: g; g"]);
    await registration.unregister();
    await assertRejects(() => client.registerProducer("g", "id"), NameServerClosedError, "Cannot register: the client is closed");
  }, LIMIT);

  test(`${kind}: misuse is refused before anybody is asked`, async () => {
    await using world = await BrokerWorld.start();
    const broker = await world.broker();
    await using client = await connect(world.address, OPTIONS);
    await assertRejects(() => client.registerProducer("", "id"), TypeError, "group must not be empty");
    await assertRejects(() => client.registerProducer("g", ""), TypeError, "clientId must not be empty");
    await assertRejects(() => client.registerProducer("g", "id", { intervalMs: 0 }), RangeError, "intervalMs");
    await assertRejects(() => client.registerProducer("g", "id", { timeoutMs: -1 }), RangeError, "timeoutMs");
    assertEquals(await broker.story(), []);
  }, LIMIT);
}
