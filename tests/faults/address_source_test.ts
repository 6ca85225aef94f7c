import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { NameServerUnavailableError } from "../../src/errors.ts";
import { RemoteBench, textOf, turn } from "../remote/remote_bench.ts";
import { refuse, succeed } from "../remote/scripted_peer.ts";
import { ListSource, SilentSource } from "../remote/scripted_source.ts";
import { fault } from "./fault.ts";

fault(8, "Remote.request() rejects, and says why, where the source fails and no list is known; the next one asks again", async () => {
  const cause = new Error("status 500");
  const source = new ListSource(cause, ["a:1"]);
  await using bench = new RemoteBench({ addresses: source, serve: succeed });
  const error = await assertRejects(() => bench.read(), NameServerUnavailableError);
  assertEquals(error.message, 'Cannot list topics: address source "registry" failed: status 500');
  assertEquals([error.operation, error.retryable, error.errors.map(({ code }) => code)], ["listTopics", true, ["NAMESRV_CONNECT"]]);
  assertStrictEquals(error.cause, cause);
  assertEquals(textOf(await bench.read()), "a:1");
});

fault(8, "a source that fails later keeps the list, and is told as a warning", async () => {
  const error = new TypeError("no list");
  let asked = 0;
  const resolve = () => asked++ === 0 ? Promise.resolve(["a:1"]) : Promise.reject(error);
  await using bench = new RemoteBench({ addresses: { name: "registry", intervalMs: 20, resolve }, serve: succeed });
  await bench.read();
  while (bench.eventsOf("warning").length < 2) await turn();
  assertEquals(bench.eventsOf("warning")[0], {
    type: "warning",
    about: "address-source",
    message: 'Kept the list of servers: address source "registry" failed: no list',
    error,
  });
  assertEquals([textOf(await bench.read()), bench.remote.addresses], ["a:1", ["a:1"]]);
});

fault(68, "a call on a server that the source drops still finishes there", async () => {
  const source = new ListSource(["a:1"], ["b:1"]);
  await using bench = new RemoteBench({ addresses: { name: "registry", intervalMs: 10, resolve: () => source.resolve() } });
  const call = bench.read();
  const [request, connection] = await bench.peer.request(0, 0);
  while (bench.remote.addresses[0] !== "b:1") await turn();
  bench.peer.serve = succeed;
  assertEquals(textOf(await bench.read()), "b:1");
  succeed(request, connection);
  assertEquals(textOf(await call), "a:1");
  await connection.closed;
});

for (const kind of ["500", "empty", "hangs", "no list"] as const) {
  fault(8, `an address source that later answers with "${kind}" costs no call and no server`, async () => {
    const later = { "500": new Error("status 500"), empty: [], hangs: undefined, "no list": ["<html>"] }[kind];
    const source = later === undefined ? new SilentSource() : new ListSource(later);
    let asked = 0;
    const resolve = (options: { readonly signal: AbortSignal }) => asked++ === 0 ? Promise.resolve(["a:1"]) : source.resolve(options);
    await using bench = new RemoteBench({ addresses: { name: "registry", intervalMs: 10, resolve }, serve: succeed });
    await bench.read();
    while (asked < 2) await turn();
    await turn();
    assertEquals([textOf(await bench.read()), bench.remote.addresses], ["a:1", ["a:1"]]);
    assertEquals(bench.eventsOf("warning").every(({ about }) => about === "address-source"), true);
  });
}

fault(
  6,
  "a name is given to the runtime at each dial, so that a new connection goes where it points now; the old one finishes",
  async () => {
    let pointsAt = "old";
    await using bench = new RemoteBench({ addresses: "ns.example:1" });
    const inFlight = bench.read();
    const [request, old] = await bench.peer.request(0, 0);
    pointsAt = "new";
    bench.peer.serve = (asked, connection) => connection.answer(asked, { body: new TextEncoder().encode(pointsAt) });
    old.answer(request, { body: new TextEncoder().encode("old") });
    assertEquals(textOf(await inFlight), "old");
    old.end();
    await old.closed;
    assertEquals([textOf(await bench.read()), bench.peer.dials], ["new", ["ns.example:1", "ns.example:1"]]);
  },
);

fault(6, "a server whose name no longer leads anywhere is asked for again under its name", async () => {
  await using bench = new RemoteBench({ addresses: "ns.example:1", serve: succeed, dial: refuse });
  await assertRejects(() => bench.read());
  bench.peer.dial = () => {};
  assertEquals(textOf(await bench.read()), "ns.example:1");
});
