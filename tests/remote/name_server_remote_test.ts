import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import {
  NameServerConnectionError,
  NameServerProtocolError,
  NameServerTimeoutError,
  NameServerUnavailableError,
} from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { byAddress, type DialScript, refuse, succeed } from "./scripted_peer.ts";

const ONEWAY = 2;
const accept: DialScript = () => {};

test("createRemote() does not dial until the first request", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await turn();
  assertEquals(bench.peer.dials, []);
  await bench.read();
  assertEquals(bench.peer.dials, ["a:1"]);
});

test("Remote.request() sends the command as it is, but for its opaque", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  const command = { ...createRequest(206, { extFields: { a: "b" }, body: Uint8Array.of(1, 2) }), remark: "hello", language: "GO" };
  for (const opaque of [1, 2]) {
    assertEquals((await bench.remote.request(command)).opaque, opaque);
    const [sent] = await bench.peer.request(0, opaque - 1);
    const { extFields, body, ...rest } = sent;
    assertEquals(rest, { code: 206, flag: 0, language: "GO", opaque, remark: "hello", version: command.version });
    assertEquals([{ ...extFields }, [...body]], [{ a: "b" }, [1, 2]]);
  }
});

test("Remote.request() with an address asks it alone, listed or not, and leaves the others' health alone", async () => {
  const dial = byAddress({ "a:1": accept, "broker:10911": accept }, refuse);
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial, serve: succeed, options: { backoff: () => 60_000 } });
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals(textOf(await bench.write({ address: " broker:10911 " })), "broker:10911");
  const error = await assertRejects(() => bench.read({ address: "b" }), NameServerConnectionError);
  assertEquals([error.address, textOf(await bench.read())], ["b:9876", "a:1"]);
  assertEquals([bench.peer.dials, bench.remote.addresses], [["a:1", "broker:10911", "b:9876"], ["a:1", "b:1"]]);
  bench.peer.dial = () => {};
  (await bench.peer.connections.at(0)).end();
  await (await bench.peer.connections.at(0)).closed;
  assertEquals(textOf(await bench.read({ address: "a:1" })), "a:1");
});

test("Remote.request() shares one connection a server between calls with and without address", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  await Promise.all([bench.read(), bench.read({ address: "a:1" }), bench.write({ address: "a:1" })]);
  assertEquals(bench.peer.dials, ["a:1"]);
});

test("Remote.request() refuses an address that is none, or several, before any I/O", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  for (const address of ["a,b", "a;b", "", "http://a", "::1"]) {
    await assertRejects(() => bench.read({ address }), TypeError, `Cannot parse address "${address}"`);
  }
  assertEquals(bench.peer.dials, []);
});

test("Remote.oneway() resolves when the request was handed over, with the one-way bit, and waits for no answer", async () => {
  await using bench = new RemoteBench();
  await bench.remote.oneway(createRequest(905));
  const [sent, connection] = await bench.peer.request(0, 0);
  assertEquals([sent.code, sent.flag], [905, ONEWAY]);
  connection.stopReading();
  let left = false;
  const leaving = bench.remote.oneway(createRequest(905)).then(() => left = true);
  await turn();
  assertEquals(left, false);
  connection.readOn();
  await leaving;
});

test("Remote.oneway() goes to the next server where one can't be reached, and is sent once", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: byAddress({ "a:1": refuse }, accept) });
  await bench.remote.oneway(createRequest(905));
  assertEquals(bench.peer.sent, ["b:1 905"]);
  (await bench.peer.connections.at(0)).refuseWrites(new Error("write EPIPE"));
  await assertRejects(() => bench.remote.oneway(createRequest(905)), NameServerConnectionError, "write EPIPE");
  assertEquals(bench.peer.dials, ["a:1", "b:1"]);
});

test("Remote.oneway() ends by its deadline where the server does not read, and says what did not happen", async () => {
  await using bench = new RemoteBench();
  await bench.remote.oneway(createRequest(904));
  (await bench.peer.connections.at(0)).stopReading();
  const error = await assertRejects(() => bench.remote.oneway(createRequest(904), { timeoutMs: 40 }), NameServerTimeoutError);
  assert(error.message.startsWith('Cannot send broker heartbeat at "a:1": not sent within 40 ms'), error.message);
});

test("Remote.oneway() throws where nobody can be reached", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", dial: refuse });
  await assertRejects(() => bench.remote.oneway(createRequest(905)), NameServerUnavailableError, "in 2 attempts");
});

test("Remote.request() refuses a frame past maxFrameBytes, which no server would take", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", serve: succeed, options: { maxFrameBytes: 1000 } });
  const error = await assertRejects(
    () => bench.remote.request(createRequest(103, { body: new Uint8Array(1000) })),
    NameServerProtocolError,
  );
  assertEquals([error.code, error.retryable, error.operation], ["NAMESRV_FRAME_TOO_LARGE", false, "registerBroker"]);
  assertEquals(bench.peer.sent, []);
  assertEquals(textOf(await bench.read()), "a:1");
});

test("Remote.request() refuses what cannot be encoded, and leaves other calls alone", async () => {
  await using bench = new RemoteBench({ serve: succeed, options: { serialization: "rocketmq" } });
  const [bad, good] = await Promise.allSettled([bench.remote.request(createRequest(70_000)), bench.read()]);
  assert(bad.status === "rejected" && bad.reason instanceof RangeError);
  assertEquals([good.status, bench.peer.sent, bench.peer.dials.length], ["fulfilled", ["a:1 206"], 1]);
});

test("the option signRequest gets each request once, and what it gives is sent", async () => {
  const signed: number[] = [];
  await using bench = new RemoteBench({
    serve: succeed,
    options: {
      signRequest: (command) => {
        signed.push(command.code);
        return Promise.resolve({ ...command, extFields: { Signature: `s${signed.length}` } });
      },
    },
  });
  await bench.read();
  await bench.write();
  const [connection] = bench.peer.connections.all;
  assertEquals([signed, connection!.requests.all.map((request) => request.extFields["Signature"])], [[206, 100], ["s1", "s2"]]);
});

test("the option signRequest fails the call with its own error, and sends nothing", async () => {
  const reason = new Error("no key");
  await using bench = new RemoteBench({ options: { signRequest: () => Promise.reject(reason) } });
  assertStrictEquals(await assertRejects(() => bench.read()), reason);
  assertEquals(bench.peer.dials, []);
});

test("Remote.setAddresses() refuses what can't be parsed, and keeps the list", async () => {
  await using bench = new RemoteBench();
  assertThrows(() => bench.remote.setAddresses("b,c"), TypeError);
  assertThrows(() => bench.remote.setAddresses(" ; "), TypeError);
  assertEquals([bench.remote.addresses, bench.events], [["a:1"], []]);
});

test("Remote.events() counts dials of a server that fails, and starts anew once it has answered", async () => {
  await using bench = new RemoteBench({ dial: refuse, serve: succeed, options: { backoff: () => 0 } });
  for (let call = 0; call < 3; call++) await assertRejects(() => bench.read());
  bench.peer.dial = accept;
  await bench.read();
  (await bench.peer.connections.at(0)).end();
  await (await bench.peer.connections.at(0)).closed;
  await bench.read();
  assertEquals(bench.eventsOf("connecting").map((event) => event.attempt), [1, 2, 3, 4, 1]);
  assertEquals(bench.eventsOf("connected").map(({ address, elapsedMs }) => [address, elapsedMs >= 0]), [["a:1", true], ["a:1", true]]);
});
