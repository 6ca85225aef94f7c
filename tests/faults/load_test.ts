import { assert, assertEquals, assertRejects } from "@std/assert";
import { NameServerConnectionError, NameServerTimeoutError } from "../../src/errors.ts";
import { createRequest, createResponse } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import { type ServeScript, succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";
import { runAgainst } from "./run_program.ts";

const WRITE = 100;

/** Never answers writes. */
const answerReads: ServeScript = (request, connection) => {
  if (request.code !== WRITE) succeed(request, connection);
};

fault(58, "a server that is slow with one call times out this call only, and keeps its connection", async () => {
  await using bench = new RemoteBench({ serve: answerReads });
  const slow = bench.write({ timeoutMs: 100 });
  assertEquals(textOf(await bench.read()), "a:1");
  const error = await assertRejects(() => slow, NameServerTimeoutError);
  assertEquals([error.address, error.timeoutMs, error.operation, error.retryable], ["a:1", 100, "putKvConfig", true]);
  assertEquals(error.message, 'Cannot put kv config at "a:1": no answer within 100 ms');
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.peer.dials.length, bench.eventsOf("disconnected")], [1, []]);
});

fault(59, "a server that stops reading gets bounded buffers, and the calls time out", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.stopReading();
  const body = new Uint8Array(10_000);
  const calls = Array.from({ length: 2000 }, () => bench.remote.request(createRequest(WRITE, { body }), { timeoutMs: 100 }));
  const ends = await Promise.allSettled(calls);
  for (const end of ends) assert(end.status === "rejected" && end.reason instanceof NameServerTimeoutError);
  connection.readOn();
  assertEquals(textOf(await bench.read()), "a:1"); // the connection is as good as before
  const kept = connection.receivedBytes;
  assert(kept > 1_000_000 && kept < 4_000_000, `${kept} of 20 MB were kept for the server`);
  assertEquals(bench.peer.dials.length, 1);
});

fault(59, "calls that wait for room are sent in their order when the server reads on", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.stopReading();
  const body = new Uint8Array(300_000);
  const calls = Array.from({ length: 20 }, () => bench.remote.request(createRequest(WRITE, { body })));
  await turn();
  connection.readOn();
  for (const answer of await Promise.all(calls)) assertEquals(textOf(answer), "a:1");
  const opaques = connection.requests.all.map((request) => request.opaque);
  assertEquals(opaques, [...opaques].sort((a, b) => a - b));
});

fault(60, "a connection that refuses bytes is dead; its calls fail, and the next one dials", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.refuseWrites(new Error("write EPIPE"));
  const error = await assertRejects(() => bench.write(), NameServerConnectionError);
  assertEquals([error.code, error.message], ["NAMESRV_CONNECTION_LOST", 'Lost connection to "a:1": write EPIPE']);
  assertEquals([connection.isClosed, textOf(await bench.write()), bench.peer.dials.length], [true, "a:1", 2]);
});

fault(61, "ten thousand calls in flight are all answered, each with its own answer", async () => {
  await using bench = new RemoteBench();
  const calls = Array.from({ length: 10_000 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 9999);
  const requests = connection.requests.all;
  for (const request of requests) connection.answer(request, { body: new TextEncoder().encode(`${request.opaque}`) });
  assertEquals((await Promise.all(calls)).map(textOf), requests.map((request) => `${request.opaque}`));
  assertEquals([new Set(requests.map((request) => request.opaque)).size, bench.peer.dials.length], [10_000, 1]);
});

fault(61, "calls past maxInFlight wait, and go in their order as answers make room", async () => {
  await using bench = new RemoteBench({ options: { maxInFlight: 3 } });
  const calls = Array.from({ length: 10 }, (_, i) => bench.remote.request(createRequest(206, { extFields: { i: `${i}` } })));
  const connection = await bench.peer.connections.at(0);
  for (let answered = 0; answered < 10; answered++) {
    const request = await connection.requests.at(answered);
    await turn();
    assertEquals(connection.requests.all.length, Math.min(10, answered + 3));
    assertEquals(request.extFields["i"], `${answered}`);
    succeed(request, connection);
  }
  for (const answer of await Promise.all(calls)) assertEquals(textOf(answer), "a:1");
});

fault(61, "a call that times out, or is aborted, makes room for one that waits", async () => {
  await using bench = new RemoteBench({ serve: answerReads, options: { maxInFlight: 2 } });
  const controller = new AbortController();
  const silent = bench.write({ timeoutMs: 50 }), aborted = bench.write({ signal: controller.signal });
  await bench.peer.request(0, 1);
  const first = bench.read();
  await assertRejects(() => silent, NameServerTimeoutError);
  assertEquals(textOf(await first), "a:1");
  const again = bench.write({ timeoutMs: 5000, signal: AbortSignal.any([controller.signal]) });
  await bench.peer.request(0, 3);
  const second = bench.read();
  controller.abort();
  assertEquals(textOf(await second), "a:1");
  for (const call of [aborted, again]) await assertRejects(() => call);
});

fault(61, "a call that waits for room ends by its deadline, without being sent", async () => {
  await using bench = new RemoteBench({ options: { maxInFlight: 1 } });
  const first = bench.write({ timeoutMs: 5000 });
  await bench.peer.request(0, 0);
  const error = await assertRejects(() => bench.write({ timeoutMs: 50 }), NameServerTimeoutError);
  assertEquals(error.message, 'Cannot put kv config at "a:1": not sent within 50 ms');
  const [request, connection] = await bench.peer.request(0, 0);
  assertEquals(connection.requests.all.length, 1);
  succeed(request, connection);
  await first;
});

fault(64, "a wall clock that jumps ends no call and keeps none", async () => {
  const { now } = Date;
  await using bench = new RemoteBench({ serve: answerReads });
  try {
    const silent = bench.write({ timeoutMs: 100 });
    Date.now = () => now() + 1e12;
    assertEquals(textOf(await bench.read()), "a:1");
    Date.now = () => now() - 1e12;
    await assertRejects(() => silent, NameServerTimeoutError);
  } finally {
    Date.now = now;
  }
});

fault(65, "an answer that arrived while the thread was busy wins over the deadline that passed meanwhile", async () => {
  await using server = new EmbeddedNameServer();
  server.setFaults({ delayMs: 150 });
  assertEquals(await runAgainst(server, "stalled_process.ts"), { status: 0, output: "answered" });
}, { timeoutMs: 60_000 });

fault(60, "a request of megabytes is written whole, however slowly the server takes it", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  await using remote = createRemote(address, { timeoutMs: 30_000 });
  server.setFaults({ stopReading: true, answer: (request) => createResponse(request, { extFields: { size: `${request.body.length}` } }) });
  const body = new Uint8Array(8_000_000).map((_, index) => index % 251);
  const calls = [1, 2].map(() => remote.request(createRequest(WRITE, { body })));
  await turn();
  server.setFaults({ answer: (request) => createResponse(request, { extFields: { size: `${request.body.length}` } }) });
  for (const call of calls) assertEquals((await call).extFields["size"], "8000000");
  for (const { body: received } of server.received) assert(received.every((byte, index) => byte === index % 251));
});
