import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerClosedError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { hang, ScriptedPeer, succeed } from "./scripted_peer.ts";

test("fault 62: close() rejects calls in flight at once, on every connection, and closes the sockets", async () => {
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

test("fault 62: close() names the operation of each call that it rejects", async () => {
  await using bench = new RemoteBench();
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await bench.peer.request(0, 0);
  await bench.remote.close();
  const error = await rejected;
  assertEquals([error.operation, error.message], ["listTopics", "Cannot wait for the answer: the client was closed"]);
});

test("fault 62: close() rejects calls that wait for room", async () => {
  await using bench = new RemoteBench({ options: { maxInFlight: 1 } });
  const rejected = [1, 2, 3].map(() => assertRejects(() => bench.read(), NameServerClosedError));
  await bench.peer.request(0, 0);
  await bench.remote.close();
  await Promise.all(rejected);
});

test("fault 62: close() rejects one-way calls that wait to leave", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  (await bench.peer.connections.at(0)).stopReading();
  const rejected = assertRejects(() => bench.remote.oneway(createRequest(100)), NameServerClosedError);
  await turn();
  await bench.remote.close();
  await rejected;
});

test("fault 62: close() rejects a call that waits for a backoff", async () => {
  await using bench = new RemoteBench({ serve: (_, connection) => connection.reset(), options: { backoff: () => 4000 } });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await (await bench.peer.connections.at(0)).closed;
  await turn();
  await bench.remote.close();
  await rejected;
  assertEquals(bench.peer.dials.length, 1);
});

test("fault 62: close() rejects a call in whatever moment of losing its connection", async () => {
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

test("fault 62: close() in the very moment in which a connection is lost rejects the call, too", async () => {
  await using bench = new RemoteBench({ options: { backoff: () => 4000 } });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  const [, connection] = await bench.peer.request(0, 0);
  connection.onRead = () => bench.remote.close();
  connection.end();
  await rejected;
});

test("fault 63: close() twice gives the same promise, which never rejects", async () => {
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

test("close() of a remote that was never used ends at once", async () => {
  const peer = new ScriptedPeer();
  await createRemote("a:1", { adapter: peer }).close();
  assertEquals(peer.dials, []);
});

test("await using closes a remote", async () => {
  const peer = new ScriptedPeer({ serve: succeed });
  {
    await using remote = createRemote("a:1", { adapter: peer });
    assertEquals(textOf(await remote.request(createRequest(206))), "a:1");
    assertEquals(peer.open.length, 1);
  }
  assertEquals(peer.open.length, 0);
});

test("a closed remote refuses calls, with whatever options, and dials nobody", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench[Symbol.asyncDispose]();
  for (const call of [() => bench.read(), () => bench.write({ address: "b:1" }), () => bench.remote.oneway(createRequest(206))]) {
    const error = await assertRejects(call, NameServerClosedError);
    assert(/^Cannot (list topics|put kv config): the client is closed$/.test(error.message), error.message);
  }
  assertEquals(bench.peer.dials, []);
});

test("close() ends event readers, behind what happened last", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const types: RemoteEvent["type"][] = [];
  const reading = (async () => {
    for await (const event of bench.remote.events()) types.push(event.type);
  })();
  await bench[Symbol.asyncDispose]();
  await reading;
  assertEquals(types, ["disconnected"]);
  assertEquals(await bench.remote.events().next(), { done: true, value: undefined });
});

test("close() is no fault: the event that a connection ended carries no error", async () => {
  const bench = new RemoteBench({ serve: succeed });
  await bench.read();
  await bench[Symbol.asyncDispose]();
  assertEquals(bench.eventsOf("disconnected"), [{ type: "disconnected", address: "a:1" }]);
});

test("close() waits for a dial that is ending", async () => {
  let ended = false;
  const bench = new RemoteBench({
    dial: async (address, signal) => {
      await Promise.resolve(hang(address, signal)).catch(turn);
      ended = true;
      throw signal.reason;
    },
  });
  const rejected = assertRejects(() => bench.read(), NameServerClosedError);
  await bench.remote.close();
  await rejected;
  assertEquals(ended, true);
  await bench[Symbol.asyncDispose]();
});
