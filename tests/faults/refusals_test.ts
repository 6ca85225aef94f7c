import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { connect } from "../../mod.ts";
import { NameServerResponseError, NameServerTimeoutError, TopicNotFoundError } from "../../src/errors.ts";
import { createRequest, createResponse } from "../../src/protocol/command.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { Fleet } from "../client/fleet.ts";
import { RemoteBench, textOf } from "../remote/remote_bench.ts";
import { type ServeScript, succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

const BUSY = 2, GO_AWAY = 1500;

/** Answers with this code. */
function answerCode(code: number, remark: string = ""): ServeScript {
  return (request, connection) => connection.answer(request, { code, remark });
}

/** Answers by server; the last script is for those that are not named. */
function serveBy(scripts: Readonly<Record<string, ServeScript>>, others: ServeScript): ServeScript {
  return (request, connection) => (scripts[connection.address] ?? others)(request, connection);
}

fault(47, "an answer of any code is an answer, with code, remark, fields and server", async () => {
  for (const [code, remark] of [[4711, "no idea"], [-1, "below"], [1, "java.lang.NullPointerException"], [17, ""]] as const) {
    const serve: ServeScript = (request, connection) => connection.answer(request, { code, remark, extFields: { x: "y" } });
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve });
    const response = await bench.read();
    assertEquals([response.code, response.remark, { ...response.extFields }, response.address], [code, remark, { x: "y" }, "a:1"]);
    assertEquals(bench.peer.dials, ["a:1"]);
  }
});

fault(47, "a response code that nobody knows is an error with code, remark, server and operation", async () => {
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

fault(48, "17 says which topic is missing, and at which server; it is not asked of another", async () => {
  await using fleet = await Fleet.start(2);
  const [address] = fleet.addresses;
  const error = await assertRejects(() => fleet.client.queryTopicRouteInfo("no-such-topic"), TopicNotFoundError);
  assertInstanceOf(error, NameServerResponseError);
  const { code, responseCode, topic, operation, retryable, remark } = error;
  assertEquals({ code, responseCode, topic, operation, retryable, address: error.address }, {
    code: "NAMESRV_TOPIC_NOT_FOUND",
    responseCode: 17,
    topic: "no-such-topic",
    operation: "queryTopicRouteInfo",
    retryable: false,
    address,
  });
  assert(remark.startsWith("No topic route info in name server for the topic: no-such-topic"), remark);
  assertEquals(error.message, `Cannot find route of topic "no-such-topic" at "${address}": the server knows no such topic`);
  assertEquals(fleet.servers.map((server) => server.received.length), [1, 0]);
});

fault([49, 50], "a server that is not ready, or busy, sends reads to the next, and is told by an event", async () => {
  for (
    const [code, remark, told] of [[1, "name server not ready", "NAMESRV_RESPONSE"], [BUSY, "[OVERLOAD]", "NAMESRV_SYSTEM_BUSY"]] as const
  ) {
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: serveBy({ "a:1": answerCode(code, remark) }, succeed) });
    assertEquals(textOf(await bench.read()), "b:1");
    const [failover] = bench.eventsOf("failover");
    assertEquals([failover?.from, failover?.to, failover?.error.code], ["a:1", "b:1", told]);
    assertEquals(bench.eventsOf("disconnected"), []);
  }
});

fault(49, "a server that is not ready yet leaves the answer to another", async () => {
  await using fleet = await Fleet.start(2);
  fleet.servers[0]!.setFaults({ answer: (request) => createResponse(request, { code: 1, remark: "name server not ready" }) });
  assertEquals(await fleet.ask(), 1);
});

fault(50, "the only server is asked again behind a backoff where it is busy, and its last answer comes out", async () => {
  const answers = [BUSY, BUSY, 0];
  await using bench = new RemoteBench({ serve: (request, connection) => connection.answer(request, { code: answers.shift() ?? BUSY }) });
  assertEquals((await bench.read()).code, 0);
  assertEquals((await bench.read()).code, BUSY);
  assertEquals([bench.peer.sent.length, bench.peer.dials.length], [6, 1]);
});

fault(50, "a server that stays busy is a retryable error, behind as many requests as retries allow", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter, backoff: () => 1 });
  server.setFaults({ answer: (request) => createResponse(request, { code: 2, remark: "[OVERLOAD]system busy" }) });
  const error = await assertRejects(() => client.getBrokerClusterInfo(), NameServerResponseError);
  assertEquals([error.code, error.retryable, server.received.length], ["NAMESRV_SYSTEM_BUSY", true, 3]);
  assertEquals(
    error.message,
    `Cannot get broker cluster info at "${server.address}" in 3 attempts: answer 2 (SYSTEM_BUSY), [OVERLOAD]system busy`,
  );
});

fault([49, 50, 52], "a write that a server put off is not repeated, and its answer comes out", async () => {
  for (const [code, remark] of [[1, "name server not ready"], [BUSY, ""], [GO_AWAY, ""]] as const) {
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: answerCode(code, remark) });
    assertEquals((await bench.write()).code, code);
    assertEquals(bench.peer.sent, ["a:1 100"]);
  }
});

fault(51, "a request that the server does not know is not repeated", async () => {
  await using server = new EmbeddedNameServer();
  await using client = await connect(server.address, { adapter: server.adapter });
  server.setFaults({ answer: (request) => createResponse(request, { code: 3, remark: " request type 106 not supported" }) });
  const error = await assertRejects(() => client.getBrokerClusterInfo(), NameServerResponseError);
  assertEquals([error.code, error.retryable, server.received.length], ["NAMESRV_UNSUPPORTED_REQUEST", false, 1]);
});

fault(51, "a timeout of a request that 4.x servers do not know says so, and of others it does not", async () => {
  await using bench = new RemoteBench();
  const silence = (code: number): Promise<NameServerTimeoutError> =>
    assertRejects(() => bench.remote.request(createRequest(code), { timeoutMs: 20 }), NameServerTimeoutError);
  for (const code of [217, 901, 904, 4711]) {
    assert((await silence(code)).message.endsWith("; servers of 4.x do not answer requests unknown to them"), `${code}`);
  }
  for (const code of [105, 106, 206]) assert(/no answer within 20 ms$/.test((await silence(code)).message), `${code}`);
});
