import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerConnectionError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { Fleet } from "../client/fleet.ts";
import { RemoteBench, textOf } from "../remote/remote_bench.ts";
import { byAddress, type DialScript, hang, refuse, succeed } from "../remote/scripted_peer.ts";
import { brokerA } from "../server/brokers.ts";
import { withBlackHole } from "../socket/black_hole.ts";
import { fault } from "./fault.ts";

const accept: DialScript = () => {};

function failWith(message: string, code: string): DialScript {
  return () => {
    throw Object.assign(new Error(message), { code });
  };
}

fault(1, "a server that refuses costs nothing, is told by an event, and is left alone while another answers", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: byAddress({ "a:1": refuse }, accept), serve: succeed });
  for (let call = 0; call < 5; call++) assertEquals(textOf(await bench.write()), "b:1");
  assertEquals(bench.peer.dials, ["a:1", "b:1"]);
  const [failover] = bench.eventsOf("failover");
  assertEquals([failover?.from, failover?.to, failover?.error.code], ["a:1", "b:1", "NAMESRV_CONNECT"]);
});

fault(2, "a dial that nobody answers gets a slice of the deadline, then the next server is asked", async () => {
  let aborted = false;
  const blackHole: DialScript = (address, signal) => {
    signal.addEventListener("abort", () => aborted = true);
    return hang(address, signal);
  };
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: byAddress({ "a:1": blackHole }, accept), serve: succeed });
  const startedAt = performance.now();
  assertEquals(textOf(await bench.read({ timeoutMs: 3000 })), "b:1");
  const elapsedMs = performance.now() - startedAt;
  assert(elapsedMs > 1490, `${elapsedMs} ms`);
  assert(aborted, "the dial goes on");
});

fault(2, "a black hole on the network is left for the next server, which answers within the deadline", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  await withBlackHole(async (hole) => {
    await using remote = createRemote([`${hole.hostname}:${hole.port}`, address]);
    assertEquals((await remote.request(createRequest(206), { timeoutMs: 6000, idempotent: true })).address, address);
  });
});

fault(2, "a dial ends after connectTimeoutMs, for every caller", async () => {
  await using bench = new RemoteBench({ dial: hang, options: { connectTimeoutMs: 50 } });
  const errors = await Promise.all([1, 2, 3].map(() => assertRejects(() => bench.read(), NameServerConnectionError)));
  for (const error of errors) {
    assertEquals([error.code, error.address, error.retryable], ["NAMESRV_CONNECT_TIMEOUT", "a:1", true]);
    assertEquals(error.message, 'Cannot connect to "a:1": no answer within 50 ms');
  }
  assertEquals(bench.peer.dials, ["a:1"]);
});

fault(2, "a server that is silent costs a slice of the deadline", async () => {
  await using fleet = await Fleet.start(2, { timeoutMs: 3000 });
  fleet.servers[0]!.setFaults({ silent: true });
  assertEquals(await fleet.ask(), 1);
  assertEquals(await fleet.ask(), 1);
  assertEquals(fleet.servers.map((server) => server.received.length), [1, 2]);
});

fault([3, 4], "servers that can't be reached or resolved are passed over like those that refuse", async () => {
  const dial = byAddress({
    "a:1": failWith("connect EHOSTUNREACH 10.0.0.1:1", "EHOSTUNREACH"),
    "b:1": failWith("connect ENETUNREACH 10.0.0.2:1", "ENETUNREACH"),
    "c:1": failWith("getaddrinfo ENOTFOUND c", "ENOTFOUND"),
  }, accept);
  await using bench = new RemoteBench({ addresses: "a:1;b:1;c:1;d:1", dial, serve: succeed, options: { retries: 0 } });
  assertEquals(textOf(await bench.write()), "d:1");
  assertEquals(bench.remote.addresses, ["a:1", "b:1", "c:1", "d:1"]);
});

fault(4, "a name that does not resolve is passed over, and stays in the list", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  await using remote = createRemote(["no-such-host.invalid", address], { timeoutMs: 30_000 });
  assertEquals((await remote.request(createRequest(206), { idempotent: true })).address, address);
  const error = await assertRejects(
    () => remote.request(createRequest(206), { address: "no-such-host.invalid" }),
    NameServerConnectionError,
  );
  assertEquals([error.code, error.address], ["NAMESRV_CONNECT", "no-such-host.invalid:9876"]);
  assertEquals(remote.addresses, ["no-such-host.invalid:9876", address]);
});

fault(4, "a name with several addresses fails with the reason of each", async () => {
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

fault(5, "a resolver that hangs is waited for until the deadline, and no longer", async () => {
  await using bench = new RemoteBench({ dial: hang });
  const error = await assertRejects(() => bench.read({ timeoutMs: 60 }), NameServerTimeoutError);
  assertEquals([error.code, error.address, error.timeoutMs], ["NAMESRV_TIMEOUT", "a:1", 60]);
});

fault(7, "a name whose IPv6 address refuses and whose IPv4 address accepts is reached", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen(); // on 127.0.0.1 only
  const name = address.replace("127.0.0.1", "localhost");
  await using remote = createRemote(name);
  assertEquals((await remote.request(createRequest(206))).address, name);
});

fault(9, "with all servers down, one error tells why for each", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1;c:1", dial: refuse });
  const error = await assertRejects(() => bench.read(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.code, one.address, one.operation]), [
    ["NAMESRV_CONNECT", "a:1", "listTopics"],
    ["NAMESRV_CONNECT", "b:1", "listTopics"],
    ["NAMESRV_CONNECT", "c:1", "listTopics"],
  ]);
  for (const address of ["a:1", "b:1", "c:1"]) assert(error.message.includes(`connect ECONNREFUSED ${address}`), error.message);
});

fault(9, "with every server gone, the error has one entry an attempt", async () => {
  await using fleet = await Fleet.start(2);
  for (const server of fleet.servers) await server[Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  const error = await assertRejects(() => fleet.ask(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => one.address), fleet.addresses);
  assertEquals(error.operation, "getBrokerClusterInfo");
});

fault(10, "once the servers are back, the next call gets through", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: refuse, serve: succeed, options: { backoff: () => 60_000 } });
  for (let call = 0; call < 3; call++) await assertRejects(() => bench.read(), NameServerUnavailableError);
  bench.peer.dial = accept;
  assertEquals(textOf(await bench.read()), "a:1");
});

fault(10, "a server that comes back on its port is used again without a restart", async () => {
  await using fleet = await Fleet.start(1);
  const [address] = fleet.addresses as [string];
  assertEquals(await fleet.ask(), 0);
  await fleet.servers[0]![Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  await assertRejects(() => fleet.ask(), NameServerConnectionError, `Cannot connect to "${address}": `);
  await using back = new EmbeddedNameServer();
  back.registerBroker(brokerA({ brokerName: "b9" }));
  await back.listen({ port: Number(address.split(":")[1]) });
  assertEquals(await fleet.ask(), 9);
});

fault(11, "a server that takes connections and loses them is asked ever more rarely", async () => {
  const failures: number[] = [];
  const backoff = (attempt: number): number => (failures.push(attempt), 20 * attempt);
  await using bench = new RemoteBench({ serve: (_, connection) => connection.reset(), options: { backoff, retries: 1000 } });
  await assertRejects(() => bench.read({ timeoutMs: 2500 }));
  assert(bench.peer.dials.length >= 3 && bench.peer.dials.length <= 17, `${bench.peer.dials.length} dials`);
  assertEquals(failures, failures.map((_, index) => index + 1));
});

fault(11, "a hundred calls that lose their connection together count as one failure", async () => {
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
