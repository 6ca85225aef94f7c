import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { NameServerProtocolError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import type { ScriptedConnection } from "./scripted_connection.ts";
import { type ServeScript, succeed } from "./scripted_peer.ts";

const ONEWAY = 2;
const BUSY = 2, UNSUPPORTED = 3, GO_AWAY = 1500;

/** Answers with this code. */
function answerCode(code: number, remark: string = ""): ServeScript {
  return (request, connection) => connection.answer(request, { code, remark });
}

/** Answers by server; the last script is for those that are not named. */
function serveBy(scripts: Readonly<Record<string, ServeScript>>, others: ServeScript): ServeScript {
  return (request, connection) => (scripts[connection.address] ?? others)(request, connection);
}

/** An answer with its opaque as body, and perhaps under another opaque. */
function answer(connection: ScriptedConnection, request: RemotingCommand, opaque: number = request.opaque): void {
  connection.answer({ ...request, opaque }, { body: new TextEncoder().encode(`${request.opaque}`) });
}

test("fault 41: an answer that comes twice is dropped the second time, and told", async () => {
  await using bench = new RemoteBench();
  const first = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  answer(connection, request);
  answer(connection, request);
  assertEquals(textOf(await first), `${request.opaque}`);
  bench.peer.connections.all[0]!.serve(succeed);
  assertEquals(textOf(await bench.read()), "a:1"); // and nothing else is disturbed
  const [warning] = bench.eventsOf("warning");
  assertEquals([warning?.about, warning?.address], ["dropped-answer", "a:1"]);
  assertEquals(warning?.message, `Dropped an answer from "a:1": nobody waits for opaque ${request.opaque} (any more)`);
});

test("fault 42: an answer to what was never asked is dropped and told", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const [connection] = bench.peer.connections.all;
  for (const opaque of [0, -1, 4711, 2 ** 31 - 1, -(2 ** 31)]) {
    answer(connection!, createRequest(206), opaque);
    await turn();
  }
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.eventsOf("warning").length, bench.peer.dials.length], [5, 1]);
});

test("fault 43: an answer behind the timeout of its call is dropped and told, and the connection is kept", async () => {
  await using bench = new RemoteBench();
  const late = bench.read({ timeoutMs: 30 });
  const [request, connection] = await bench.peer.request(0, 0);
  await assertRejects(() => late, NameServerTimeoutError);
  answer(connection, request);
  connection.serve(succeed);
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.eventsOf("warning").length, bench.peer.dials.length], [1, 1]);
});

test("fault 44: an answer under a wrong opaque leaves its call to time out, and disturbs nothing", async () => {
  await using bench = new RemoteBench();
  const wronged = bench.read({ timeoutMs: 60 }), other = bench.read();
  const [, connection] = await bench.peer.request(0, 1);
  const [first, second] = connection.requests.all as [RemotingCommand, RemotingCommand];
  answer(connection, first, first.opaque + 1000);
  answer(connection, second);
  assertEquals(textOf(await other), `${second.opaque}`);
  await assertRejects(() => wronged, NameServerTimeoutError);
  assertEquals([bench.eventsOf("warning").length, bench.peer.dials.length], [1, 1]);
});

test("fault 45: answers in any order find their calls", async () => {
  await using bench = new RemoteBench();
  const calls = Array.from({ length: 30 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 29);
  const requests = connection.requests.all;
  const shuffled = [...requests].sort((a, b) => (a.opaque * 7) % 31 - (b.opaque * 7) % 31);
  for (const request of shuffled) answer(connection, request);
  assertEquals((await Promise.all(calls)).map(textOf), requests.map((request) => `${request.opaque}`));
});

test("fault 47: an answer of any code is an answer, with code, remark, fields and server", async () => {
  for (const [code, remark] of [[4711, "no idea"], [-1, "below"], [1, "java.lang.NullPointerException"], [17, ""]] as const) {
    const serve: ServeScript = (request, connection) => connection.answer(request, { code, remark, extFields: { x: "y" } });
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve });
    const response = await bench.read();
    assertEquals([response.code, response.remark, { ...response.extFields }, response.address], [code, remark, { x: "y" }, "a:1"]);
    assertEquals(bench.peer.dials, ["a:1"]);
  }
});

test("faults 49, 50: a server that is not ready, or busy, sends reads to the next, and is told by an event", async () => {
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

test("fault 50: the only server is asked again behind a backoff where it is busy, and its last answer comes out", async () => {
  const answers = [BUSY, BUSY, 0];
  await using bench = new RemoteBench({ serve: (request, connection) => connection.answer(request, { code: answers.shift() ?? BUSY }) });
  assertEquals((await bench.read()).code, 0);
  assertEquals((await bench.read()).code, BUSY);
  assertEquals([bench.peer.sent.length, bench.peer.dials.length], [6, 1]);
});

test("faults 49, 50, 52: a write that a server put off is not repeated, and its answer comes out", async () => {
  for (const [code, remark] of [[1, "name server not ready"], [BUSY, ""], [GO_AWAY, ""]] as const) {
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: answerCode(code, remark) });
    assertEquals((await bench.write()).code, code);
    assertEquals(bench.peer.sent, ["a:1 100"]);
  }
});

test("fault 52: GO_AWAY retires the connection; what it has in flight still finishes, and the call is repeated elsewhere", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const calls = [bench.read(), bench.read()];
  const [leaving, connection] = await bench.peer.request(0, 0);
  const [staying] = await bench.peer.request(0, 1);
  bench.peer.serve = succeed;
  connection.answer(leaving, { code: GO_AWAY });
  assertEquals(textOf(await calls[0]!), "b:1");
  assertEquals([connection.isClosed, textOf(await bench.read())], [false, "b:1"]);
  answer(connection, staying);
  assertEquals(textOf(await calls[1]!), `${staying.opaque}`);
  await connection.closed;
});

test("fault 52: GO_AWAY from the only server repeats a read once, over a new connection and under a new opaque", async () => {
  await using bench = new RemoteBench();
  const call = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  connection.answer(request, { code: GO_AWAY });
  const [repeated, next] = await bench.peer.request(1, 0);
  assertEquals(connection.isClosed, true);
  next.answer(repeated, { code: GO_AWAY });
  assertEquals([(await call).code, bench.peer.dials.length], [GO_AWAY, 2]);
});

test("fault 53: a request of the server is answered 3, told by an event, and never taken for an answer", async () => {
  await using bench = new RemoteBench();
  const call = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  connection.send(encodeCommand({ ...createRequest(40), opaque: request.opaque }));
  const refusal = await connection.requests.at(1);
  assertEquals([refusal.code, refusal.flag, refusal.opaque], [UNSUPPORTED, 1, request.opaque]);
  assertEquals(refusal.remark, "request type 40 not supported");
  answer(connection, request);
  assertEquals(textOf(await call), `${request.opaque}`);
  const [notification] = bench.eventsOf("notification");
  assertEquals([notification?.address, notification?.command.code], ["a:1", 40]);
});

test("fault 53: a one-way request of the server is told by an event, and not answered", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.send(encodeCommand({ ...createRequest(905), flag: ONEWAY, opaque: 7 }));
  await bench.read();
  assertEquals([connection.requests.all.length, bench.eventsOf("notification").map((event) => event.command.code)], [2, [905]]);
});

test("fault 53: a server that only asks, and does not read, is not answered without end", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.stopReading();
  const question = encodeCommand({ ...createRequest(40), opaque: 7 });
  const thousand = new Uint8Array(1000 * question.length);
  for (let i = 0; i < 1000; i++) thousand.set(question, i * question.length);
  for (let i = 0; i < 30; i++) {
    connection.send(thousand);
    await turn();
  }
  connection.readOn();
  await bench.read();
  assert(connection.receivedBytes < 3_000_000, `${connection.receivedBytes} bytes of answers were kept`);
});

const text = (words: string): Uint8Array => new TextEncoder().encode(words);

const PEERS: readonly (readonly [fault: string, peer: string, bytes: Uint8Array, code: string, says: string])[] = [
  ["fault 54", "HTTP", text("HTTP/1.1 400 Bad Request\r\n\r\n"), "NAMESRV_WRONG_PROTOCOL", "the peer speaks HTTP ("],
  [
    "fault 54",
    "HTTP/2",
    Uint8Array.of(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 128),
    "NAMESRV_WRONG_PROTOCOL",
    "the peer speaks HTTP/2 (",
  ],
  ["fault 54", "SSH", text("SSH-2.0-OpenSSH_9.6\r\n"), "NAMESRV_WRONG_PROTOCOL", "the peer speaks SSH ("],
  ["fault 54", "Redis", text("-ERR unknown command\r\n"), "NAMESRV_WRONG_PROTOCOL", "the peer speaks Redis ("],
  ["fault 55", "TLS alert", Uint8Array.of(0x15, 3, 3, 0, 2, 2, 70), "NAMESRV_TLS", "the server wants TLS"],
  ["fault 55", "TLS handshake", Uint8Array.of(0x16, 3, 1, 2, 0, 1), "NAMESRV_TLS", "the server wants TLS"],
];

for (const [fault, peer, bytes, code, says] of PEERS) {
  test(`${fault}: a peer that speaks ${peer} is named, and the connection closed`, async () => {
    await using bench = new RemoteBench({ serve: (_, connection) => connection.send(bytes) });
    const error = await assertRejects(() => bench.read(), NameServerProtocolError);
    assertEquals([error.code, error.address, error.operation, error.retryable], [code, "a:1", "listTopics", false]);
    assertStringIncludes(error.message, 'Cannot decode stream from "a:1": ');
    assertStringIncludes(error.message, says);
    assertEquals([bench.peer.dials.length, bench.peer.open.length], [1, 0]);
  });

  test(`${fault}: a peer that speaks ${peer} is named, byte by byte, even before it was asked anything`, async () => {
    await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: serveBy({ "a:1": () => {} }, succeed), options: { retries: 0 } });
    const call = bench.read();
    const connection = await bench.peer.connections.at(0);
    for (const byte of bytes) connection.send(Uint8Array.of(byte));
    assertEquals((await assertRejects(() => call, NameServerProtocolError)).code, code);
    assertEquals(textOf(await bench.read()), "b:1");
  });
}

test("fault 54: several peers that speak something else give one error each", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: (_, connection) => connection.send(text("HTTP/1.1 400")) });
  const error = await assertRejects(() => bench.read(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.address, one.code]), [["a:1", "NAMESRV_WRONG_PROTOCOL"], ["b:1", "NAMESRV_WRONG_PROTOCOL"]]);
  assertEquals(bench.peer.dials, ["a:1", "b:1"]);
});
