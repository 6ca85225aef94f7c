import { assertEquals, assertStrictEquals } from "@std/assert";
import { createRequest } from "../../src/protocol/command.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { hang, refuse, succeed } from "./scripted_peer.ts";

const REASON = new Error("changed my mind");

test("Remote.request() rejects with the reason of a signal that has fired already, and dials nobody", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  const aborts = [REASON, "text", undefined, 0];
  for (const reason of aborts) {
    const signal = AbortSignal.abort(reason);
    assertStrictEquals(await rejection(bench.read({ signal })), signal.reason);
  }
  assertEquals(bench.peer.dials, []);
});

test("Remote.request() rejects with the signal's reason while dialling, and ends the dial", async () => {
  await using bench = new RemoteBench({ dial: hang, addresses: "a:1;b:1" });
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal });
  await turn();
  controller.abort(REASON);
  assertStrictEquals(await rejection(call), REASON);
  assertEquals(bench.peer.dials, ["a:1"]); // and does not try the next server
});

test("Remote.request() rejects with the signal's reason while it waits for room, and is never sent", async () => {
  await using bench = new RemoteBench({ options: { maxInFlight: 1 } });
  const first = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal }), third = bench.read();
  controller.abort(REASON);
  assertStrictEquals(await rejection(call), REASON);
  connection.serve(succeed);
  succeed(request, connection);
  assertEquals([textOf(await first), textOf(await third), connection.requests.all.length], ["a:1", "a:1", 2]);
});

test("Remote.request() rejects with the signal's reason in flight; the connection and other calls go on", async () => {
  await using bench = new RemoteBench();
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal }), other = bench.read();
  const [, connection] = await bench.peer.request(0, 1);
  controller.abort(REASON);
  assertStrictEquals(await rejection(call), REASON);
  for (const request of connection.requests.all) succeed(request, connection); // also to the one that nobody waits for
  assertEquals([textOf(await other), bench.peer.dials.length, connection.isClosed], ["a:1", 1, false]);
});

test("Remote.request() rejects with the signal's reason while it waits for a backoff", async () => {
  await using bench = new RemoteBench({ serve: (_, connection) => connection.reset(), options: { backoff: () => 4000 } });
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal });
  await (await bench.peer.connections.at(0)).closed;
  await turn();
  controller.abort(REASON);
  assertStrictEquals(await rejection(call), REASON);
  assertEquals(bench.peer.dials.length, 1);
});

test("Remote.request() heeds a signal that fires between two attempts", async () => {
  const controller = new AbortController();
  await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: succeed });
  bench.peer.dial = (address, signal) => {
    queueMicrotask(() => queueMicrotask(() => queueMicrotask(() => controller.abort(REASON))));
    return address === "a:1" ? refuse(address, signal) : hang(address, signal);
  };
  assertStrictEquals(await rejection(bench.read({ signal: controller.signal, timeoutMs: 1000 })), REASON);
});

test("Remote.request() leaves a signal alone once it has settled", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  const { signal, listeners } = countListeners();
  await bench.read({ signal });
  await bench.remote.oneway(createRequest(206), { signal });
  bench.peer.connections.all[0]!.serve(() => {});
  await rejection(bench.read({ signal, timeoutMs: 20 }));
  bench.peer.connections.all[0]!.serve((_, connection) => connection.reset());
  await rejection(bench.write({ signal }));
  bench.peer.dial = refuse;
  await rejection(bench.read({ signal }));
  await rejection(bench.remote.request({ ...createRequest(206), extFields: { x: "y".repeat(17_000_000) } }, { signal }));
  assertEquals(listeners(), 0);
});

test("Remote.request() takes one signal for many calls, through one listener: Node warns of a leak from the eleventh on", async () => {
  await using bench = new RemoteBench();
  const { signal, listeners, abort } = countListeners();
  const calls = Array.from({ length: 200 }, () => rejection(bench.read({ signal })));
  await bench.peer.request(0, 199);
  assertEquals(listeners(), 1);
  abort(REASON);
  assertEquals([...new Set(await Promise.all(calls))], [REASON]);
  assertEquals(listeners(), 0);
});

test("Remote.oneway() rejects with the signal's reason while its bytes wait to leave", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  const connection = await bench.peer.connections.at(0);
  connection.stopReading();
  const controller = new AbortController();
  const call = bench.remote.oneway(createRequest(206), { signal: controller.signal });
  await turn();
  controller.abort(REASON);
  assertStrictEquals(await rejection(call), REASON);
  connection.readOn();
  assertEquals(textOf(await bench.read()), "a:1");
});

/** What a promise rejects with, whatever it is. */
function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => Promise.reject(new Error("It was not rejected")), (reason) => reason);
}

interface CountedSignal {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  /** How many listen to it. */
  readonly listeners: () => number;
}

function countListeners(): CountedSignal {
  const controller = new AbortController();
  const { signal } = controller;
  const listening = new Set<unknown>();
  const add = signal.addEventListener.bind(signal), remove = signal.removeEventListener.bind(signal);
  Object.assign(signal, {
    addEventListener: (...args: Parameters<typeof add>) => (listening.add(args[1]), add(...args)),
    removeEventListener: (...args: Parameters<typeof remove>) => (listening.delete(args[1]), remove(...args)),
  });
  return { signal, abort: (reason) => controller.abort(reason), listeners: () => listening.size };
}
