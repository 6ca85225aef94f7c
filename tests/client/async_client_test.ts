import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { AsyncNameServerClient, connect, createRemote } from "../../mod.ts";
import { NameServerClosedError, NameServerError } from "../../src/errors.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";

/** How a server is reached: with no port, and through one with the sockets of the runtime. */
const WAYS: readonly (readonly [way: string, dial: (server: EmbeddedNameServer) => Promise<AsyncNameServerClient>])[] = [
  ["in memory", (server) => connect(server.address, { adapter: server.adapter })],
  ["over a port", async (server) => connect((await server.listen()).address)],
];

for (const [way, dial] of WAYS) {
  test(`queryTopicRouteInfo() gives the route of a broker that registered, ${way}`, async () => {
    await using server = new EmbeddedNameServer();
    server.registerBroker(brokerA());
    await using client = await dial(server);
    const { brokerDatas, queueDatas, ...rest } = await client.queryTopicRouteInfo("orders");
    assertEquals(brokerDatas.map((broker) => [broker.cluster, broker.brokerName, { ...broker.brokerAddrs }]), [
      ["c", "a", { "0": "10.0.0.1:10911" }],
    ]);
    assertEquals(queueDatas, [{ brokerName: "a", readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 }]);
    assertEquals(Object.keys(rest.filterServerTable), []);
  });

  test(`getBrokerClusterInfo() gives clusters and brokers, ${way}`, async () => {
    await using server = new EmbeddedNameServer();
    server.registerBroker(brokerA());
    server.registerBroker(brokerA({ brokerId: 1, brokerAddr: "10.0.0.2:10911" }));
    await using client = await dial(server);
    const { clusterAddrTable, brokerAddrTable } = await client.getBrokerClusterInfo();
    assertEquals({ ...clusterAddrTable }, { c: ["a"] });
    assertEquals(Object.keys(brokerAddrTable), ["a"]);
    assertEquals({ ...brokerAddrTable["a"]?.brokerAddrs }, { "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" });
  });

  test(`many calls at once share one connection, ${way}`, async () => {
    await using server = new EmbeddedNameServer();
    server.registerBroker(brokerA());
    await using client = await dial(server);
    const connected: string[] = [];
    const reading = (async () => {
      for await (const event of client.events()) connected.push(event.type);
    })();
    const routes = await Promise.all(Array.from({ length: 500 }, () => client.queryTopicRouteInfo("orders")));
    for (const route of routes) assertEquals(route.queueDatas.length, 1);
    await client.close();
    await reading;
    assertEquals(connected, ["disconnected"]);
  });
}

test("AsyncNameServerClient refuses an empty topic and a timeout out of range before any I/O", async () => {
  await using server = new EmbeddedNameServer();
  await using client = new AsyncNameServerClient(createRemote(server.address, { adapter: server.adapter }));
  await assertRejects(() => client.queryTopicRouteInfo(""), TypeError, "topic must not be empty");
  await assertRejects(() => client.queryTopicRouteInfo("orders", { timeoutMs: 0 }), RangeError, "Cannot use timeoutMs 0");
  await assertRejects(() => client.queryTopicRouteInfo("orders", { address: "a,b" }), TypeError, 'separate addresses with ";"');
  await assertRejects(() => client.queryTopicRouteInfo("orders", { address: "a;b" }), TypeError, '"a;b" is no host');
  assertThrows(() => new AsyncNameServerClient(client.remote, { timeoutMs: -1 }), RangeError, "Cannot use timeoutMs -1");
  assertEquals(server.received, []);
});

test("AsyncNameServerClient's own timeoutMs is the default of its calls", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ silent: true });
  await using client = new AsyncNameServerClient(createRemote(server.address, { adapter: server.adapter }), { timeoutMs: 40 });
  await assertRejects(() => client.getBrokerClusterInfo(), NameServerError, "no answer within 40 ms");
  await assertRejects(() => client.getBrokerClusterInfo({ timeoutMs: 60 }), NameServerError, "no answer within 60 ms");
});

test("AsyncNameServerClient.close() closes its remote; a closed client refuses calls", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ silent: true });
  const client = await connect(server.address, { adapter: server.adapter });
  const rejected = assertRejects(() => client.getBrokerClusterInfo(), NameServerClosedError);
  assertEquals(client.closed, false);
  const closed = client.close();
  assertStrictEquals(client.close(), closed);
  assertEquals(client.closed, true);
  await closed;
  await rejected;
  await assertRejects(
    () => client.queryTopicRouteInfo("orders"),
    NameServerClosedError,
    "Cannot query topic route info: the client is closed",
  );
  await client[Symbol.asyncDispose]();
});
