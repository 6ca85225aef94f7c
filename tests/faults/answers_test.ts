import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerTimeoutError } from "../../src/errors.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { Call } from "../../src/remote/call.ts";
import { PendingCalls } from "../../src/remote/pending_calls.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import type { ScriptedConnection } from "../remote/scripted_connection.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

const ONEWAY = 2;
const UNSUPPORTED = 3, GO_AWAY = 1500;

/** An answer with its opaque as body, and perhaps under another opaque. */
function answer(connection: ScriptedConnection, request: RemotingCommand, opaque: number = request.opaque): void {
  connection.answer({ ...request, opaque }, { body: new TextEncoder().encode(`${request.opaque}`) });
}

fault(41, "an answer that comes twice is dropped the second time, and told", async () => {
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
  assertEquals(
    warning?.message,
    `Dropped an answer from "a:1": nobody waits for opaque ${request.opaque} (any more); 1 on this connection so far`,
  );
});

fault(42, "an answer to what was never asked is dropped and told", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const [connection] = bench.peer.connections.all;
  for (const opaque of [0, -1, 4711, 2 ** 31 - 1, -(2 ** 31)]) {
    answer(connection!, createRequest(206), opaque);
    await turn();
  }
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.eventsOf("warning").length, bench.peer.dials.length], [5, 1]);
  assertEquals(bench.eventsOf("warning").at(-1)?.message.slice(-29), "; 5 on this connection so far");
});

fault(43, "an answer behind the timeout of its call is dropped and told, and the connection is kept", async () => {
  await using bench = new RemoteBench();
  const late = bench.read({ timeoutMs: 30 });
  const [request, connection] = await bench.peer.request(0, 0);
  await assertRejects(() => late, NameServerTimeoutError);
  answer(connection, request);
  connection.serve(succeed);
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.eventsOf("warning").length, bench.peer.dials.length], [1, 1]);
});

fault(44, "an answer under a wrong opaque leaves its call to time out, and disturbs nothing", async () => {
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

fault(45, "answers in any order find their calls", async () => {
  await using bench = new RemoteBench();
  const calls = Array.from({ length: 30 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 29);
  const requests = connection.requests.all;
  const shuffled = [...requests].sort((a, b) => (a.opaque * 7) % 31 - (b.opaque * 7) % 31);
  for (const request of shuffled) answer(connection, request);
  assertEquals((await Promise.all(calls)).map(textOf), requests.map((request) => `${request.opaque}`));
});

const MAX_OPAQUE = 2 ** 31 - 1;

/** A call that was put in. */
function add(pending: PendingCalls): Call {
  const call = new Call({ timeoutMs: 1 }, { onTimeout() {}, onAbort() {} }, { onOutcome() {}, onMisuse() {} });
  pending.add(call);
  return call;
}

fault(46, "the counter goes from 2^31 − 1 on with 1", () => {
  const pending = new PendingCalls(MAX_OPAQUE - 2);
  assertEquals([add(pending), add(pending), add(pending)].map((call) => call.opaque), [MAX_OPAQUE - 1, MAX_OPAQUE, 1]);
});

fault(46, "the counter passes over opaques that are in flight, while others come and go", () => {
  const pending = new PendingCalls(MAX_OPAQUE - 5);
  const slow = [add(pending), add(pending)];
  const others = new Set<number>();
  for (let i = 0; i < 1000; i++) {
    const { opaque } = add(pending);
    assertEquals(others.has(opaque) || slow.some((call) => call.opaque === opaque), false);
    others.add(opaque);
    pending.take(opaque);
  }
  assertEquals(pending.size, 2);
  for (const call of slow) assertStrictEquals(pending.take(call.opaque), call);
});

fault(52, "GO_AWAY retires the connection; what it has in flight still finishes, and the call is repeated elsewhere", async () => {
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

fault(52, "GO_AWAY from the only server repeats a read once, over a new connection and under a new opaque", async () => {
  await using bench = new RemoteBench();
  const call = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  connection.answer(request, { code: GO_AWAY });
  const [repeated, next] = await bench.peer.request(1, 0);
  assertEquals(connection.isClosed, true);
  next.answer(repeated, { code: GO_AWAY });
  assertEquals([(await call).code, bench.peer.dials.length], [GO_AWAY, 2]);
});

fault(53, "a request of the server is answered 3, told by an event, and never taken for an answer", async () => {
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

fault(53, "a one-way request of the server is told by an event, and not answered", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.send(encodeCommand({ ...createRequest(905), flag: ONEWAY, opaque: 7 }));
  await bench.read();
  assertEquals([connection.requests.all.length, bench.eventsOf("notification").map((event) => event.command.code)], [2, [905]]);
});

fault(53, "a server that only asks, and does not read, is not answered without end", async () => {
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
