import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerClosedError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { RemoteBench, turn } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { fault } from "./fault.ts";

fault(62, "close() rejects calls in flight at once, on every connection, and closes the sockets", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const calls = [bench.read(), bench.write(), bench.read({ address: "b:1" }), bench.write({ address: "broker:10911" })];
  for (const connection of [0, 1, 2]) await bench.peer.request(connection, 0);
  const closed = bench.remote.close();
  for (const call of calls) {
    const error = await assertRejects(() => call, NameServerClosedError);
    assertEquals([error.code, error.retryable], ["NAMESRV_CLOSED", false]);
  }
  await closed;
  assertEquals([bench.peer.connections.all.length, bench.peer.open.length], [3, 0]);
});

fault(62, "close() names the operation of each call that it rejects", async () => {
  await using bench = new RemoteBench();
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await bench.peer.request(0, 0);
  await bench.remote.close();
  const error = await rejected;
  assertEquals([error.operation, error.message], ["listTopics", "Cannot wait for the answer: the client was closed"]);
});

fault(62, "close() rejects calls that wait for room", async () => {
  await using bench = new RemoteBench({ options: { maxInFlight: 1 } });
  const rejected = [1, 2, 3].map(() => assertRejects(() => bench.read(), NameServerClosedError));
  await bench.peer.request(0, 0);
  await bench.remote.close();
  await Promise.all(rejected);
});

fault(62, "close() rejects one-way calls that wait to leave", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  (await bench.peer.connections.at(0)).stopReading();
  const rejected = assertRejects(() => bench.remote.oneway(createRequest(100)), NameServerClosedError);
  await turn();
  await bench.remote.close();
  await rejected;
});

fault(62, "close() rejects a call that waits for a backoff", async () => {
  await using bench = new RemoteBench({ serve: (_, connection) => connection.reset(), options: { backoff: () => 4000 } });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await (await bench.peer.connections.at(0)).closed;
  await turn();
  await bench.remote.close();
  await rejected;
  assertEquals(bench.peer.dials.length, 1);
});

fault(62, "close() rejects a call in whatever moment of losing its connection", async () => {
  for (let microtasks = 0; microtasks < 12; microtasks++) {
    await using bench = new RemoteBench({ options: { backoff: () => 4000 } });
    const rejected = assertRejects(() => bench.read(), NameServerClosedError);
    const [, connection] = await bench.peer.request(0, 0);
    connection.end();
    for (let i = 0; i < microtasks; i++) await undefined;
    await bench.remote.close();
    await rejected;
  }
});

fault(62, "close() in the very moment in which a connection is lost rejects the call, too", async () => {
  await using bench = new RemoteBench({ options: { backoff: () => 4000 } });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  const [, connection] = await bench.peer.request(0, 0);
  connection.onRead = () => bench.remote.close();
  connection.end();
  await rejected;
});

fault(63, "close() twice gives the same promise, which never rejects", async () => {
  const bench = new RemoteBench();
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await bench.peer.request(0, 0);
  const closed = bench.remote.close();
  assertStrictEquals(bench.remote.close(), closed);
  await closed;
  assertStrictEquals(bench.remote.close(), closed);
  await rejected;
  await bench[Symbol.asyncDispose]();
});
