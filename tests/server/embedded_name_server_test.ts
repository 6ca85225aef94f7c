import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { createRequest, createResponse, encodeCommand, RequestCode, requests } from "../../src/protocol.ts";
import { detectAdapter } from "../../src/socket/detect.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA, topicConfig } from "./brokers.ts";
import { Peer } from "./peer.ts";

const ROUTE_OF_ORDERS = requests.queryTopicRouteInfo.encode("orders");
const CLUSTER = requests.getBrokerClusterInfo.encode();

test("EmbeddedNameServer answers 105 with the route of a broker that registered over its adapter", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  const registered = await peer.ask(requests.registerBroker.encode(brokerA()));
  assertEquals([registered.code, registered.flag], [0, 1]);
  const route = requests.queryTopicRouteInfo.decode(await peer.ask(ROUTE_OF_ORDERS), "orders");
  assertEquals({ ...route.brokerDatas[0]!.brokerAddrs }, { "0": "10.0.0.1:10911" });
  assertEquals(route.queueDatas, [{ brokerName: "a", readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 }]);
});

test("EmbeddedNameServer.listen() serves on a free loopback port", async () => {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  const { address } = await server.listen();
  using peer = await Peer.dial(await detectAdapter(), address);
  const cluster = requests.getBrokerClusterInfo.decode(await peer.ask(CLUSTER), undefined);
  assertEquals({ ...cluster.clusterAddrTable }, { c: ["a"] });
});

test("EmbeddedNameServer forgets a broker when its connection ends or it unregisters", async () => {
  await using server = new EmbeddedNameServer();
  using asking = await Peer.dial(server.adapter, server.address);
  const brokers = async () => Object.keys(requests.getBrokerClusterInfo.decode(await asking.ask(CLUSTER), undefined).brokerAddrTable);
  const leaving = await Peer.dial(server.adapter, server.address);
  await leaving.ask(requests.registerBroker.encode(brokerA()));
  await asking.ask(requests.registerBroker.encode(brokerA({ brokerName: "b", brokerAddr: "10.0.0.2:10911" })));
  assertEquals(await brokers(), ["a", "b"]);
  leaving.socket.close();
  assertEquals(await brokers(), ["b"]);
  await asking.ask(requests.unregisterBroker.encode({ cluster: "c", brokerName: "b", brokerId: 0, brokerAddr: "10.0.0.2:10911" }));
  assertEquals(await brokers(), []);
});

test("EmbeddedNameServer.registerBroker() takes a first registration with one topic, which 103 refuses", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  const single = brokerA({ topics: { orders: topicConfig("orders") } });
  assertEquals((await peer.ask(requests.registerBroker.encode(single))).remark, "register broker failed");
  server.registerBroker(single);
  assertEquals((await peer.ask(ROUTE_OF_ORDERS)).code, 0);
});

test("EmbeddedNameServer.setTopicRoute() gives a topic exactly this route", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  assertEquals((await peer.ask(ROUTE_OF_ORDERS)).code, 17);
  const route = {
    orderTopicConf: "a:4",
    queueDatas: [{ brokerName: "a", readQueueNums: 1, writeQueueNums: 2, perm: 4, topicSysFlag: 3 }],
    brokerDatas: [{
      cluster: "c",
      brokerName: "a",
      brokerAddrs: { "9223372036854775807": "h:1" },
      enableActingMaster: true,
      zoneName: "z",
    }],
    filterServerTable: { "h:1": ["f:2"] },
    topicQueueMappingByBroker: {
      a: { bname: "a", currIdMap: { "0": 1 }, dirty: false, epoch: 2n ** 60n, scope: "__global__", topic: "orders", totalQueues: 1 },
    },
  };
  server.setTopicRoute("orders", route);
  const answered = requests.queryTopicRouteInfo.decode(await peer.ask(ROUTE_OF_ORDERS), "orders");
  assertEquals(JSON.stringify(answered, sortedAndExact), JSON.stringify(route, sortedAndExact));
});

test("EmbeddedNameServer.received lists requests, one-way ones too, and no answers", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  await peer.socket.write(encodeCommand({ ...ROUTE_OF_ORDERS, flag: 2 }));
  await peer.socket.write(encodeCommand(createResponse(CLUSTER)));
  await peer.ask(CLUSTER);
  assertEquals(server.received.map(({ code, flag }) => [code, flag]), [[105, 2], [106, 0]]);
});

test("EmbeddedNameServer.setFaults() delays answers, and sends them in pieces", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  server.setFaults({ delayMs: 20, chunkBytes: 10 });
  const start = performance.now();
  await peer.socket.write(encodeCommand(CLUSTER));
  assertEquals((await peer.socket.read())?.length, 10);
  assertEquals(performance.now() - start >= 19, true);
});

test("EmbeddedNameServer.setFaults() closes or resets connections after so many bytes", async () => {
  await using server = new EmbeddedNameServer();
  using closed = await Peer.dial(server.adapter, server.address);
  await closed.ask(CLUSTER);
  server.setFaults({ closeAfterBytes: 7 });
  await closed.socket.write(encodeCommand(CLUSTER));
  assertEquals((await closed.socket.read())?.length, 7);
  assertEquals(await closed.socket.read(), null);
  server.setFaults({ resetAfterBytes: 9 });
  using reset = await Peer.dial(server.adapter, server.address);
  await reset.socket.write(encodeCommand(CLUSTER));
  assertEquals((await reset.socket.read())?.length, 9);
  await assertRejects(() => reset.socket.read(), Error, "reset");
});

test("EmbeddedNameServer.setFaults() resets connections of a port, too", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  server.setFaults({ resetAfterBytes: 0 });
  using peer = await Peer.dial(await detectAdapter(), address);
  await peer.socket.write(encodeCommand(CLUSTER));
  await assertRejects(() => peer.socket.read());
});

test("EmbeddedNameServer.setFaults() lets requests take effect in silence", async () => {
  await using server = new EmbeddedNameServer();
  using silent = await Peer.dial(server.adapter, server.address);
  server.setFaults({ silent: true });
  await silent.socket.write(encodeCommand(requests.registerBroker.encode(brokerA())));
  while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve));
  server.setFaults({});
  using asking = await Peer.dial(server.adapter, server.address);
  assertEquals((await asking.ask(ROUTE_OF_ORDERS)).code, 0);
});

test("EmbeddedNameServer.setFaults() refuses connections; on a port it closes them", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  server.setFaults({ refuse: true });
  await assertRejects(() => Peer.dial(server.adapter, server.address), Error, "refused");
  using peer = await Peer.dial(await detectAdapter(), address);
  assertEquals(await peer.frame(), null);
  server.setFaults({});
  using accepted = await Peer.dial(server.adapter, server.address);
  assertEquals((await accepted.ask(CLUSTER)).code, 0);
});

test("EmbeddedNameServer.setFaults() stops reading until the faults change", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  server.setFaults({ stopReading: true });
  let written = 0;
  const writing = (async () => {
    for (; written < 10; written++) await peer.socket.write(new Uint8Array(100_000));
  })();
  await new Promise((resolve) => setTimeout(resolve, 20));
  assertEquals([written < 10, server.received.length], [true, 0]);
  server.setFaults({});
  await assertRejects(() => writing); // zeros are no frame: the server closes
});

test("EmbeddedNameServer.setFaults() answers in the server's place", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  server.setFaults({ answer: (request) => request.code === 105 ? createResponse(request, { code: 2, remark: "busy" }) : undefined });
  assertEquals((await peer.ask(ROUTE_OF_ORDERS)).remark, "busy");
  assertEquals((await peer.ask(CLUSTER)).code, 0);
  server.setFaults({ answer: () => new Uint8Array([1, 2, 3]) });
  await peer.socket.write(encodeCommand(CLUSTER));
  assertEquals(await peer.socket.read(), new Uint8Array([1, 2, 3]));
});

test("EmbeddedNameServer.setFaults() refuses numbers that make no sense", () => {
  const server = new EmbeddedNameServer();
  assertThrows(() => server.setFaults({ chunkBytes: 0 }), RangeError, "chunkBytes must be 1 or more, not 0");
  assertThrows(() => server.setFaults({ closeAfterBytes: 1.5 }), RangeError, "closeAfterBytes");
  assertThrows(() => server.setFaults({ delayMs: NaN }), RangeError, "delayMs");
});

test("EmbeddedNameServer[Symbol.asyncDispose]() rejects with what Faults.answer threw", async () => {
  const server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  server.setFaults({
    answer: () => {
      throw new Error("not what the test expects");
    },
  });
  await peer.socket.write(encodeCommand(CLUSTER));
  assertEquals(await peer.frame(), null);
  await assertRejects(() => server[Symbol.asyncDispose](), Error, "not what the test expects");
});

test("EmbeddedNameServer.setTopicRoute() refuses ids that are no integers", () => {
  const brokerDatas = [{ cluster: "c", brokerName: "a", brokerAddrs: { master: "h:1" }, enableActingMaster: false }];
  const server = new EmbeddedNameServer();
  assertThrows(() => server.setTopicRoute("orders", { queueDatas: [], brokerDatas, filterServerTable: {} }), TypeError, '"master"');
});

test("EmbeddedNameServer refuses to emulate a release it does not know", () => {
  assertThrows(() => new EmbeddedNameServer({ emulate: "5.3.2" as "5.3.3" }), TypeError, 'Cannot emulate "5.3.2"');
});

test("EmbeddedNameServer.dropConnections() ends every connection", async () => {
  await using server = new EmbeddedNameServer();
  using peer = await Peer.dial(server.adapter, server.address);
  await peer.ask(createRequest(RequestCode.GET_BROKER_CLUSTER_INFO));
  server.dropConnections();
  assertEquals(await peer.frame(), null);
});

test("EmbeddedNameServer[Symbol.asyncDispose]() ends connections and ports, twice if need be, while an answer is held back", async () => {
  const server = new EmbeddedNameServer();
  const { address } = await server.listen();
  using peer = await Peer.dial(await detectAdapter(), address);
  server.setFaults({ delayMs: 60_000 });
  await peer.socket.write(encodeCommand(CLUSTER));
  while (server.received.length === 0) await new Promise((resolve) => setTimeout(resolve));
  await server[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
  assertEquals(await peer.frame(), null);
  await assertRejects(() => Peer.dial(server.adapter, server.address), Error, "refused");
  await assertRejects(() => server.listen(), TypeError, "closed");
});

test("EmbeddedNameServer.adapter refuses other addresses and TLS", async () => {
  await using server = new EmbeddedNameServer({ address: "ns1:9876" });
  await assertRejects(() => Peer.dial(server.adapter, "ns2:9876"), Error, 'Connection to "ns2:9876" refused');
  const dial = server.adapter.connect({ hostname: "ns1", port: 9876 }, { signal: AbortSignal.timeout(1000), tls: {} });
  await assertRejects(() => dial, Error, "no TLS");
});

function sortedAndExact(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}

test("EmbeddedNameServer names what is missing of a broker or a route", () => {
  const server = new EmbeddedNameServer();
  const { version: _, ...versionless } = brokerA();
  assertThrows(() => server.registerBroker(versionless as never), TypeError, "version must be an object, not undefined");
  assertThrows(() => server.registerBroker({ ...brokerA(), brokerId: "0" as never }), TypeError, "brokerId must be a number or a bigint");
  assertThrows(() => server.setTopicRoute("orders", {} as never), TypeError, "filterServerTable must be an object, not undefined");
  assertThrows(() => server.setTopicRoute("orders", undefined as never), TypeError, "route must be an object, not undefined");
});

test("EmbeddedNameServer.close() ends its ports, once", async () => {
  const server = new EmbeddedNameServer();
  await server.listen();
  await Promise.all([server.close(), server.close(), server[Symbol.asyncDispose]()]);
  await assertRejects(() => server.listen(), TypeError, "Cannot listen: the server is closed");
});
