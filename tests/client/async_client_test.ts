import { assert, assertEquals, assertInstanceOf, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { AsyncNameServerClient, connect, createRemote } from "../../mod.ts";
import {
  NameServerClosedError,
  NameServerDataParseError,
  NameServerError,
  NameServerResponseError,
  TopicNotFoundError,
} from "../../src/errors.ts";
import { createResponse } from "../../src/protocol/command.ts";
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

  test(`fault 48: queryTopicRouteInfo() of a topic that does not exist says which, ${way}`, async () => {
    await using server = new EmbeddedNameServer();
    await using client = await dial(server);
    const error = await assertRejects(() => client.queryTopicRouteInfo("no-such-topic"), TopicNotFoundError);
    assertInstanceOf(error, NameServerResponseError);
    const { code, responseCode, topic, address, operation, retryable, remark } = error;
    assertEquals({ code, responseCode, topic, operation, retryable }, {
      code: "NAMESRV_TOPIC_NOT_FOUND",
      responseCode: 17,
      topic: "no-such-topic",
      operation: "queryTopicRouteInfo",
      retryable: false,
    });
    assertEquals(address, client.addresses[0]);
    assert(remark.startsWith("No topic route info in name server for the topic: no-such-topic"), remark);
    assertEquals(error.message, `Cannot find route of topic "no-such-topic" at "${address}": the server knows no such topic`);
    assertEquals(server.received.length, 1);
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

const MALFORMED: readonly (readonly [fault: string, body: string | Uint8Array, path: string])[] = [
  ["fault 32: no JSON", "surely no JSON", ""],
  ["fault 32: a broker whose name is a number", '{"brokerDatas":[{"brokerName":5}]}', "/brokerDatas/0/brokerName"],
  ["fault 33: nested 100,000 deep", `{"brokerDatas":${"[".repeat(100_000)}`, "/brokerDatas/0"],
  ["fault 33: nested 100,000 deep where nobody looks", `{"x":${"[".repeat(100_000)}`, "/x"],
  ["fault 34: nothing", "", ""],
  ["fault 35: bytes that are no UTF-8", Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d), ""],
];

for (const [what, body, path] of MALFORMED) {
  test(`${what} in a body names server, operation and place, and keeps the connection`, async () => {
    await using server = new EmbeddedNameServer();
    server.registerBroker(brokerA());
    await using client = await connect(server.address, { adapter: server.adapter });
    const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
    server.setFaults({ answer: (request) => createResponse(request, { body: bytes }) });
    const error = await assertRejects(() => client.queryTopicRouteInfo("orders"), NameServerDataParseError);
    assertEquals([error.code, error.address, error.operation], ["NAMESRV_MALFORMED_BODY", server.address, "queryTopicRouteInfo"]);
    assert(error.path.startsWith(path), `path ${error.path.slice(0, 100)}`);
    assert(error.message.startsWith(`Cannot query topic route info at "${server.address}": cannot parse `), error.message);
    assert(error.message.length < 2000, `a message of ${error.message.length} characters`);
    const events = client.events();
    server.setFaults({});
    assertEquals((await client.queryTopicRouteInfo("orders")).queueDatas.length, 1);
    await client.close();
    assertEquals((await events.next()).value?.type, "disconnected"); // and not before
  });
}

test("fault 47: a response code that nobody knows is an error with code, remark, server and operation", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  server.setFaults({ answer: (request) => createResponse(request, { code: 4711, remark: "out of paper\nat com.example" }) });
  const error = await assertRejects(() => client.getBrokerClusterInfo(), NameServerResponseError);
  const { code, responseCode, remark, address, operation, retryable } = error;
  assertEquals({ code, responseCode, remark, address, operation, retryable }, {
    code: "NAMESRV_RESPONSE",
    responseCode: 4711,
    remark: "out of paper\nat com.example",
    address: server.address,
    operation: "getBrokerClusterInfo",
    retryable: false,
  });
  assertEquals(error.message, `Cannot get broker cluster info at "${server.address}": answer 4711, out of paper`);
});

test("fault 50: a server that stays busy is a retryable error, behind as many requests as retries allow", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter, backoff: () => 1 });
  server.setFaults({ answer: (request) => createResponse(request, { code: 2, remark: "[OVERLOAD]system busy" }) });
  const error = await assertRejects(() => client.getBrokerClusterInfo(), NameServerResponseError);
  assertEquals([error.code, error.retryable, server.received.length], ["NAMESRV_SYSTEM_BUSY", true, 3]);
});

test("fault 51: a request that the server does not know is not repeated", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  server.setFaults({ answer: (request) => createResponse(request, { code: 3, remark: " request type 106 not supported" }) });
  const error = await assertRejects(() => client.getBrokerClusterInfo(), NameServerResponseError);
  assertEquals([error.code, error.retryable, server.received.length], ["NAMESRV_UNSUPPORTED_REQUEST", false, 1]);
});

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
