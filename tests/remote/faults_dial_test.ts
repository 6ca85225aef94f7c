import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerClosedError, NameServerConnectionError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { byAddress, type DialScript, hang, refuse, succeed } from "./scripted_peer.ts";

const accept: DialScript = () => {};

function failWith(message: string, code: string): DialScript {
  return () => {
    throw Object.assign(new Error(message), { code });
  };
}

test("fault 1: a server that refuses costs nothing, is told by an event, and is left alone while another answers", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: byAddress({ "a:1": refuse }, accept), serve: succeed });
  for (let call = 0; call < 5; call++) assertEquals(textOf(await bench.write()), "b:1");
  assertEquals(bench.peer.dials, ["a:1", "b:1"]);
  const [failover] = bench.eventsOf("failover");
  assertEquals([failover?.from, failover?.to, failover?.error.code], ["a:1", "b:1", "NAMESRV_CONNECT"]);
});

test("fault 2: a dial that nobody answers gets a slice of the deadline, then the next server is asked", async () => {
  let aborted = false;
  const blackHole: DialScript = (address, signal) => {
    signal.addEventListener("abort", () => aborted = true);
    return hang(address, signal);
  };
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: byAddress({ "a:1": blackHole }, accept), serve: succeed });
  const startedAt = performance.now();
  assertEquals(textOf(await bench.read({ timeoutMs: 800 })), "b:1");
  const elapsedMs = performance.now() - startedAt;
  assert(elapsedMs > 390, `${elapsedMs} ms`);
  assert(aborted, "the dial goes on");
});

test("fault 2: a dial ends after connectTimeoutMs, for every caller", async () => {
  await using bench = new RemoteBench({ dial: hang, options: { connectTimeoutMs: 50 } });
  const errors = await Promise.all([1, 2, 3].map(() => assertRejects(() => bench.read(), NameServerConnectionError)));
  for (const error of errors) {
    assertEquals([error.code, error.address, error.retryable], ["NAMESRV_CONNECT_TIMEOUT", "a:1", true]);
    assertEquals(error.message, 'Cannot connect to "a:1": no answer within 50 ms');
  }
  assertEquals(bench.peer.dials, ["a:1"]);
});

test("faults 3, 4: servers that can't be reached or resolved are passed over like those that refuse", async () => {
  const dial = byAddress({
    "a:1": failWith("connect EHOSTUNREACH 10.0.0.1:1", "EHOSTUNREACH"),
    "b:1": failWith("connect ENETUNREACH 10.0.0.2:1", "ENETUNREACH"),
    "c:1": failWith("getaddrinfo ENOTFOUND c", "ENOTFOUND"),
  }, accept);
  await using bench = new RemoteBench({ addresses: "a:1;b:1;c:1;d:1", dial, serve: succeed, options: { retries: 0 } });
  assertEquals(textOf(await bench.write()), "d:1");
  assertEquals(bench.remote.addresses, ["a:1", "b:1", "c:1", "d:1"]);
});

test("fault 4: a name with several addresses fails with the reason of each", async () => {
  const both = new AggregateError([new Error("connect ECONNREFUSED ::1:1"), new Error("connect ECONNREFUSED 127.0.0.1:1")]);
  await using bench = new RemoteBench({
    dial: () => {
      throw both;
    },
  });
  const error = await assertRejects(() => bench.read(), NameServerConnectionError);
  assertEquals(error.message, 'Cannot connect to "a:1": connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1');
  assertStrictEquals(error.cause, both);
});

test("fault 5: a resolver that hangs is waited for until the deadline, and no longer", async () => {
  await using bench = new RemoteBench({ dial: hang });
  const error = await assertRejects(() => bench.read({ timeoutMs: 60 }), NameServerTimeoutError);
  assertEquals([error.code, error.address, error.timeoutMs], ["NAMESRV_TIMEOUT", "a:1", 60]);
});

test("fault 9: with all servers down, one error tells why for each", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1;c:1", dial: refuse });
  const error = await assertRejects(() => bench.read(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.code, one.address, one.operation]), [
    ["NAMESRV_CONNECT", "a:1", "listTopics"],
    ["NAMESRV_CONNECT", "b:1", "listTopics"],
    ["NAMESRV_CONNECT", "c:1", "listTopics"],
  ]);
  for (const address of ["a:1", "b:1", "c:1"]) assert(error.message.includes(`connect ECONNREFUSED ${address}`), error.message);
});

test("fault 10: once the servers are back, the next call gets through", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: refuse, serve: succeed, options: { backoff: () => 60_000 } });
  for (let call = 0; call < 3; call++) await assertRejects(() => bench.read(), NameServerUnavailableError);
  bench.peer.dial = accept;
  assertEquals(textOf(await bench.read()), "a:1");
});

test("fault 11: a server that takes connections and loses them is asked ever more rarely", async () => {
  const failures: number[] = [];
  const backoff = (attempt: number): number => (failures.push(attempt), 20 * attempt);
  await using bench = new RemoteBench({ serve: (_, connection) => connection.reset(), options: { backoff, retries: 1000 } });
  await assertRejects(() => bench.read({ timeoutMs: 800 }));
  assert(bench.peer.dials.length >= 3 && bench.peer.dials.length <= 10, `${bench.peer.dials.length} dials`);
  assertEquals(failures, failures.map((_, index) => index + 1));
});

test("fault 11: a hundred calls that lose their connection together count as one failure", async () => {
  const failures: number[] = [];
  const backoff = (attempt: number): number => (failures.push(attempt), 20);
  await using bench = new RemoteBench({ options: { backoff } });
  const calls = Array.from({ length: 100 }, () => bench.read());
  const [, connection] = await bench.peer.request(0, 99);
  bench.peer.serve = succeed;
  connection.reset();
  for (const answer of await Promise.all(calls)) assertEquals(textOf(answer), "a:1");
  assertEquals([failures, bench.peer.dials.length], [[1], 2]);
});

test("fault 12: a hundred callers while connecting share one dial", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate, serve: succeed });
  const calls = Array.from({ length: 100 }, () => bench.read());
  await turn();
  open();
  for (const answer of await Promise.all(calls)) assertEquals(textOf(answer), "a:1");
  assertEquals([bench.peer.dials.length, bench.peer.connections.all[0]?.writes], [1, 1]);
  assertEquals(bench.events.map((event) => event.type), ["connecting", "connected"]);
});

test("fault 12: a hundred callers share one dial that is refused, and each gets its own error", async () => {
  await using bench = new RemoteBench({ dial: refuse });
  const errors = await Promise.all(Array.from({ length: 100 }, () => assertRejects(() => bench.read(), NameServerConnectionError)));
  assertEquals([new Set(errors).size, bench.peer.dials.length], [100, 1]);
});

test("fault 13: the last caller who aborts while dialling ends the dial, and a socket that comes late is closed", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate }); // an adapter that does not listen to its signal
  const controller = new AbortController();
  const call = bench.read({ signal: controller.signal });
  const reason = new Error("changed my mind");
  controller.abort(reason);
  assertStrictEquals(await assertRejects(() => call), reason);
  open();
  await (await bench.peer.connections.at(0)).closed;
});

test("fault 13: a caller who aborts while others wait for the same dial leaves them to it", async () => {
  const { gate, open } = newGate();
  let aborted = false;
  const dial: DialScript = (_, signal) => {
    signal.addEventListener("abort", () => aborted = true);
    return gate;
  };
  await using bench = new RemoteBench({ dial, serve: succeed });
  const controller = new AbortController();
  const given = bench.read({ signal: controller.signal }), kept = bench.read();
  controller.abort();
  assertStrictEquals(await assertRejects(() => given), controller.signal.reason);
  assertEquals(aborted, false);
  open();
  assertEquals(textOf(await kept), "a:1");
  assertEquals(bench.peer.connections.all[0]?.requests.all.length, 1);
});

test("fault 14: close() while dialling rejects the callers at once, and a socket that comes late is closed", async () => {
  const { gate, open } = newGate();
  await using bench = new RemoteBench({ dial: () => gate });
  const call = bench.read();
  const closed = bench.remote.close();
  const error = await assertRejects(() => call, NameServerClosedError);
  assertEquals([error.code, error.retryable, error.operation], ["NAMESRV_CLOSED", false, "listTopics"]);
  open();
  await closed;
  assertEquals(bench.peer.open.length, 0);
});

test("fault 14: close() while dialling ends the dial", async () => {
  await using bench = new RemoteBench({ dial: hang });
  const call = bench.read();
  await bench.remote.close();
  await assertRejects(() => call, NameServerClosedError);
});

interface Gate {
  readonly gate: Promise<void>;
  open(): void;
}

function newGate(): Gate {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  return { gate, open: () => open() };
}
