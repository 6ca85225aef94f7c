import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { AsyncNameServerClient } from "../../src/client/async_client.ts";
import { NameServerClosedError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import { test } from "../harness.ts";
import { RemoteBench, textOf, turn } from "./remote_bench.ts";
import { byAddress, type DialScript, refuse, succeed } from "./scripted_peer.ts";
import { ListSource, SilentSource } from "./scripted_source.ts";

const accept: DialScript = () => {};

test("Remote.addresses is empty until the source has answered, which is asked at the first request", async () => {
  const source = new ListSource(["a:1", "b"]);
  await using bench = new RemoteBench({ addresses: source, serve: succeed });
  assertEquals([bench.remote.addresses, source.asked], [[], 0]);
  assertEquals(textOf(await bench.read()), "a:1");
  assertEquals([bench.remote.addresses, source.asked], [["a:1", "b:9876"], 1]);
  await bench.read();
  assertEquals([source.asked, bench.eventsOf("servers")], [1, [{ type: "servers", addresses: ["a:1", "b:9876"] }]]);
});

test("Remote.request() shares one question with all who wait for it", async () => {
  const source = new ListSource(["a:1"]);
  await using bench = new RemoteBench({ addresses: source, serve: succeed });
  await Promise.all(Array.from({ length: 100 }, () => bench.read()));
  assertEquals([source.asked, bench.peer.dials.length], [1, 1]);
});

test("Remote.request() waits for the source within its own deadline", async () => {
  await using bench = new RemoteBench({ addresses: new SilentSource() });
  const error = await assertRejects(() => bench.read({ timeoutMs: 50 }), NameServerTimeoutError);
  assertEquals(error.message, 'Cannot list topics within 50 ms: address source "abyss" has not answered');
  assertEquals(error.timeoutMs, 50);
});

test("Remote.request() that is aborted rejects with the signal's reason while it waits for the source, which others still need", async () => {
  const source = new SilentSource();
  await using bench = new RemoteBench({ addresses: source });
  const reason = new Error("enough");
  const controller = new AbortController();
  const aborted = bench.read({ signal: controller.signal });
  controller.abort(reason);
  assertStrictEquals(await assertRejects(() => aborted), reason);
  assertEquals(source.signal!.aborted, false);
});

test("Remote.close() takes back the question to the source, and rejects who waits for it", async () => {
  const source = new SilentSource();
  await using bench = new RemoteBench({ addresses: source });
  const waiting = [bench.read(), bench.write(), bench.remote.resolveAddresses!()].map((call) =>
    assertRejects(() => call, NameServerClosedError)
  );
  await turn();
  await bench.remote.close();
  await Promise.all(waiting);
  assertEquals(source.signal!.reason instanceof NameServerClosedError, true);
});

test("Remote.request() at an address of its own does not ask the source", async () => {
  const source = new ListSource(["a:1"]);
  await using bench = new RemoteBench({ addresses: source, serve: succeed });
  assertEquals(textOf(await bench.read({ address: "broker:10911" })), "broker:10911");
  assertEquals(source.asked, 0);
});

test("Remote.request() asks the source again where no server can be dialled, and goes on at the new ones", async () => {
  const source = new ListSource(["a:1", "b:1"], ["c:1"]);
  const dial = byAddress({ "a:1": refuse, "b:1": refuse }, accept);
  await using bench = new RemoteBench({ addresses: source, dial, serve: succeed });
  assertEquals([textOf(await bench.write()), source.asked], ["c:1", 2]);
  assertEquals([bench.peer.dials, bench.remote.addresses], [["a:1", "b:1", "c:1"], ["c:1"]]);
});

test("Remote.request() does not storm the source while no server can be dialled", async () => {
  const source = new ListSource(["a:1"]);
  await using bench = new RemoteBench({ addresses: source, dial: refuse });
  for (let call = 0; call < 20; call++) await assertRejects(() => bench.read());
  assertEquals(source.asked, 2);
});

test("Remote.request() that reached a server is not sent again because the source names others", async () => {
  const source = new ListSource(["a:1"], ["b:1"]);
  await using bench = new RemoteBench({ addresses: source, serve: (_request, connection) => connection.reset() });
  await assertRejects(() => bench.write());
  assertEquals(bench.peer.sent, ["a:1 100"]);
});

test("Remote.setAddresses() takes a source, whose servers come in place of those known once it has answered", async () => {
  const source = new ListSource(["b:1"]);
  await using bench = new RemoteBench({ serve: succeed });
  await bench.read();
  bench.remote.setAddresses(source);
  assertEquals(bench.remote.addresses, ["a:1"]);
  assertEquals([textOf(await bench.read()), bench.remote.addresses], ["b:1", ["b:1"]]);
});

test("Remote.setAddresses() keeps the servers known where the new source fails or hangs", async () => {
  for (const source of [new ListSource(new Error("down")), new SilentSource()]) {
    await using bench = new RemoteBench({ serve: succeed });
    bench.remote.setAddresses(source);
    for (let call = 0; call < 3; call++) assertEquals(textOf(await bench.read({ timeoutMs: 100 })), "a:1");
  }
});

test("Remote.setAddresses() with a list ends the source, and whoever waits for it goes on with the list", async () => {
  const source = new SilentSource();
  await using bench = new RemoteBench({ addresses: source, serve: succeed });
  const call = bench.read();
  await turn();
  bench.remote.setAddresses("b:1");
  assertEquals([textOf(await call), source.signal!.aborted], ["b:1", true]);
});

test("Remote.setAddresses() with another source lets whoever waits go on with that", async () => {
  await using bench = new RemoteBench({ addresses: new SilentSource(), serve: succeed });
  const call = bench.read();
  await turn();
  bench.remote.setAddresses(new ListSource(["c:1"]));
  assertEquals(textOf(await call), "c:1");
});

test("Remote.setAddresses() refuses a source whose interval no timer keeps, and leaves all as it was", async () => {
  await using bench = new RemoteBench({ serve: succeed });
  assertThrows(() => bench.remote.setAddresses({ name: "registry", intervalMs: 0, resolve: () => Promise.resolve([]) }), RangeError);
  assertEquals(textOf(await bench.read()), "a:1");
});

test("AsyncNameServerClient writes to all servers that the source names, also in its first call", async () => {
  await using bench = new RemoteBench({ addresses: new ListSource(["a:1", "b:1"]), serve: succeed });
  const client = new AsyncNameServerClient(bench.remote);
  const accepted = await client.putKvConfig({ namespace: "n", key: "k", value: "v" });
  assertEquals([...accepted.keys()], ["a:1", "b:1"]);
});

test("AsyncNameServerClient says which write a source that fails kept from all servers", async () => {
  await using bench = new RemoteBench({ addresses: new ListSource(new Error("down")) });
  const client = new AsyncNameServerClient(bench.remote);
  const write = () => client.putKvConfig({ namespace: "n", key: "k", value: "v" });
  const error = await assertRejects(write, NameServerUnavailableError, 'Cannot put kv config: address source "registry" failed: down');
  assertEquals(error.operation, "putKvConfig");
});

test("AsyncNameServerClient.close() during a write to all servers is closed, no partial write", async () => {
  await using bench = new RemoteBench({ addresses: "a:1;b:1" });
  const client = new AsyncNameServerClient(bench.remote);
  const rejected = assertRejects(() => client.putKvConfig({ namespace: "n", key: "k", value: "v" }), NameServerClosedError);
  for (const connection of [0, 1]) await bench.peer.request(connection, 0);
  await client.close();
  await rejected;
});

test("createRemote() takes a source, and refuses a URL with a word on addressServer", () => {
  assertEquals(createRemote(new ListSource(["a:1"])).addresses, []);
  assertThrows(() => createRemote("http://h/x"), TypeError, "it is a URL; give host:port, or addressServer(url)");
});
