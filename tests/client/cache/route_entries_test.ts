import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { completeCacheOptions, type RouteCacheOptions } from "../../../src/client/cache/options.ts";
import { RouteEntries } from "../../../src/client/cache/route_entries.ts";
import { NameServerDataParseError, TopicNotFoundError } from "../../../src/errors.ts";
import type { TopicRouteData } from "../../../src/model/topic_route.ts";
import { test } from "../../harness.ts";
import { bodyOf, routeOf } from "./bodies.ts";

const EPOCH = 1_764_000_000_000;
const notFound = (topic: string) => new TopicNotFoundError("Cannot find", { topic, responseCode: 17, remark: "" });
const at = (now: number) => ({ now, epochMs: EPOCH + now });

/** The rules, spoken to in short. */
function cache(options: RouteCacheOptions = {}) {
  const entries = new RouteEntries(completeCacheOptions(options));
  return {
    entries,
    accept: (topic: string, route: TopicRouteData, now: number, server = "ns:9876") =>
      entries.accept(topic, { body: bodyOf(route), server }, at(now)),
    state: (topic: string, now: number) => {
      const kept = entries.use(topic, now);
      return kept && (entries.isFresh(kept, now) ? "fresh" : "stale");
    },
  };
}

test("RouteEntries.use() gives a route as fresh before ttlMs, as stale before staleMs, then not at all", () => {
  const { accept, state, entries } = cache({ ttlMs: 100, staleMs: 300 });
  accept("t", routeOf(["a"]), 1000);
  assertEquals([1000, 1099, 1100, 1299, 1300].map((now) => state("t", now)), ["fresh", "fresh", "stale", "stale", undefined]);
  const { hits, staleAnswers, entries: size } = entries.stats();
  assertEquals({ hits, staleAnswers, size }, { hits: 2, staleAnswers: 2, size: 1 });
});

test("RouteEntries.use() gives no stale route where staleMs is not past ttlMs, and a route past neither is fresh", () => {
  const { accept, state } = cache({ ttlMs: 100, staleMs: 0 });
  accept("t", routeOf(["a"]), 0);
  assertEquals([state("t", 99), state("t", 100)], ["fresh", undefined]);
});

test("RouteEntries.accept() of the same bytes keeps the object, does not read it, and makes it fresh again", () => {
  let mapped = 0;
  const { accept, state, entries } = cache({ ttlMs: 100, mapAddress: (address) => (mapped++, address) });
  const { route } = accept("t", routeOf(["a"]), 0);
  const kept = accept("t", routeOf(["a"]), 150, "other:9876");
  assertStrictEquals(kept.route, route);
  assertEquals([kept.version, kept.server, kept.fetchedAt, mapped, entries.stats().unchanged], [1, "other:9876", EPOCH + 150, 2, 1]);
  assertEquals(state("t", 249), "fresh");
});

test("RouteEntries.accept() of other bytes that say the same keeps the object and its version", () => {
  const { accept, entries } = cache();
  const { route } = accept("t", routeOf(["a", "b"]), 0);
  const kept = accept("t", routeOf(["b", "a"]), 1);
  assertStrictEquals(kept.route, route);
  assertEquals([kept.version, entries.stats().unchanged], [1, 0]);
  accept("t", routeOf(["b", "a"]), 2);
  assertEquals(entries.stats().unchanged, 1);
});

test("RouteEntries.accept() of a route that differs makes another version, and forgets what was computed of the last", () => {
  const { accept } = cache();
  const kept = accept("t", routeOf(["a"]), 0);
  kept.publish = kept.subscribe = [];
  const { route } = kept;
  assertStrictEquals(accept("t", routeOf(["a"], 5), 1), kept);
  assertEquals(kept.route === route, false);
  assertEquals([kept.version, kept.publish, kept.subscribe, kept.answer], [2, undefined, undefined, undefined]);
});

test("RouteEntries.accept() takes a copy of the bytes, which share the socket's buffer", () => {
  const { entries } = cache();
  const slab = new Uint8Array(1 << 16);
  const body = slab.subarray(7, 7 + bodyOf(routeOf(["a"])).length);
  body.set(bodyOf(routeOf(["a"])));
  const { bytes } = entries.accept("t", { body, server: "" }, at(0));
  assertEquals(bytes.buffer.byteLength, body.length);
});

test("RouteEntries.accept() of a body that is no route throws, and leaves what is kept alone", () => {
  const { accept, entries, state } = cache();
  accept("t", routeOf(["a"]), 0);
  const body = new TextEncoder().encode("{");
  assertThrows(() => entries.accept("t", { body, server: "" }, at(1)), NameServerDataParseError);
  assertThrows(() => entries.accept("u", { body, server: "" }, at(1)), NameServerDataParseError);
  assertEquals([state("t", 1), entries.stats().entries], ["fresh", 1]);
});

test("RouteEntries keeps the version of a route that has grown too old to be given", () => {
  const { accept, state } = cache({ ttlMs: 10, staleMs: 20 });
  accept("t", routeOf(["a"]), 0);
  accept("t", routeOf(["b"]), 1);
  assertEquals(state("t", 50), undefined);
  assertEquals(accept("t", routeOf(["b"]), 50).version, 2);
  assertEquals(accept("t", routeOf(["c"]), 51).version, 3);
});

test("RouteEntries takes an answer of another process for as old as it is", () => {
  const { entries, state } = cache({ ttlMs: 100, staleMs: 300 });
  const kept = entries.accept("t", { body: bodyOf(routeOf(["a"])), server: "ns:1", ageMs: 60 }, at(1000));
  assertEquals([kept.fetchedAt, state("t", 1039), state("t", 1040)], [EPOCH + 940, "fresh", "stale"]);
});

test("RouteEntries lets the least recently used route go first; entry() is no use", () => {
  const { accept, entries } = cache({ maxEntries: 2 });
  accept("a", routeOf(["x"]), 0);
  accept("b", routeOf(["x"]), 1);
  entries.use("a", 2);
  entries.entry("b", 3);
  const kept = accept("c", routeOf(["x"]), 4);
  assertEquals(["a", "b", "c"].map((topic) => entries.entry(topic, 5)?.topic), ["a", undefined, "c"]);
  accept("d", routeOf(["x"]), 6);
  accept("e", routeOf(["x"]), 7);
  assertEquals([entries.stats().entries, kept.removed], [2, true]);
});

test("RouteEntries remembers that there is no such topic for negativeTtlMs, or until there is one", () => {
  const { entries, accept } = cache({ negativeTtlMs: 50 });
  const error = notFound("t");
  entries.deny("t", error, 100);
  assertStrictEquals(entries.denial("t", 149), error);
  assertEquals(entries.denial("t", 150), undefined);
  entries.deny("t", error, 200);
  accept("t", routeOf(["a"]), 201);
  assertEquals(entries.denial("t", 202), undefined);
  entries.deny("t", error, 203);
  assertEquals([entries.use("t", 204), entries.stats().entries, entries.stats().hits], [undefined, 0, 1]);
  entries.invalidate("t");
  assertEquals(entries.denial("t", 205), undefined);
});

test("RouteEntries remembers no more topics that do not exist than routes, and none with negativeTtlMs 0", () => {
  const { entries } = cache({ maxEntries: 2 });
  for (const topic of ["a", "b", "c"]) entries.deny(topic, notFound(topic), 0);
  assertEquals(["a", "b", "c"].map((topic) => entries.denial(topic, 1)?.topic), [undefined, "b", "c"]);
  const none = cache({ negativeTtlMs: 0 });
  none.entries.deny("a", notFound("a"), 0);
  assertEquals(none.entries.denial("a", 0), undefined);
});

test("RouteEntries.invalidate() takes a route, or all, out of sight until a server was asked; it is left to fall back on", () => {
  const { accept, entries, state } = cache();
  for (const topic of ["a", "b"]) accept(topic, routeOf(["x"]), 0);
  assertEquals(entries.invalidate("a").map(({ topic }) => topic), ["a"]);
  assertEquals([state("a", 1), entries.entry("a", 1), state("b", 1)], [undefined, undefined, "fresh"]);
  assertEquals(entries.invalidate("nothing"), []);
  assertEquals(entries.invalidate().length, 2);
  const kept = entries.fallback("a", 2)!;
  entries.failed(kept, 2);
  assertEquals([state("a", 3), state("b", 3)], ["stale", undefined]);
  accept("a", routeOf(["x"]), 4);
  assertEquals(state("a", 5), "fresh");
});

test("RouteEntries.suspect() makes routes stale that name the address, or came from it", () => {
  const { accept, entries, state } = cache();
  accept("named", routeOf(["a"]), 0);
  accept("slave", routeOf(["b", "c"]), 0);
  accept("server", routeOf(["d"]), 0, "ns2:9876");
  assertEquals(entries.suspect("a:10911").map(({ topic }) => topic), ["named"]);
  entries.suspect("c-s:10911");
  entries.suspect("ns2:9876");
  entries.suspect("nobody:1");
  assertEquals(["named", "slave", "server"].map((topic) => state(topic, 1)), ["stale", "stale", "stale"]);
  accept("named", routeOf(["a"]), 2);
  assertEquals(state("named", 3), "fresh");
});

test("RouteEntries.isDue() waits a second after an attempt that failed", () => {
  const { accept, entries } = cache({ ttlMs: 10 });
  const kept = accept("t", routeOf(["a"]), 0);
  assertEquals([entries.isDue(kept, 5), entries.isDue(kept, 10)], [false, true]);
  entries.failed(kept, 10);
  assertEquals([entries.isDue(kept, 1009), entries.isDue(kept, 1010)], [false, true]);
});

test("RouteEntries maps addresses of brokers as they come in, each once, with the broker as it was told", () => {
  const seen: string[] = [];
  const { accept } = cache({
    mapAddress: (address, broker) => {
      seen.push(`${broker.brokerName} ${broker.brokerAddrs["0"]} ${address}`);
      return `mapped-${address}`;
    },
  });
  const route = { ...routeOf(["a"]), filterServerTable: { "a:10911": ["f:1"] } };
  const kept = accept("t", route, 0).route;
  assertEquals({ ...kept.brokerDatas[0]!.brokerAddrs }, { "0": "mapped-a:10911", "1": "mapped-a-s:10911" });
  assertStrictEquals(Object.getPrototypeOf(kept.brokerDatas[0]!.brokerAddrs), null);
  assertEquals({ ...kept.filterServerTable }, { "a:10911": ["f:1"] });
  assertEquals(seen, ["a a:10911 a:10911", "a a:10911 a-s:10911"]);
});

test("RouteEntries.broker() is as the route that came last has it; it leaves with the last route that names it", () => {
  const { accept, entries } = cache({ maxEntries: 2 });
  const address = (name: string) => entries.broker(name)?.brokerAddrs["1"];
  const moved = (slave: string) => ({ ...routeOf([]), brokerDatas: [{ ...routeOf(["a"]).brokerDatas[0]!, brokerAddrs: { "1": slave } }] });
  accept("t", moved("h:1"), 0);
  assertEquals([address("a"), address("b")], ["h:1", undefined]);
  accept("u", moved("h:2"), 1);
  assertEquals(address("a"), "h:2");
  accept("u", routeOf(["b"]), 2);
  assertEquals([address("a"), address("b")], ["h:1", "b-s:10911"]);
  entries.deny("t", notFound("t"), 3);
  assertEquals(address("a"), undefined);
  accept("v", moved("h:3"), 4);
  accept("w", moved("h:4"), 5);
  assertEquals([address("b"), address("a")], [undefined, "h:4"]);
});

test("RouteEntries.clear() forgets everything", () => {
  const { accept, entries, state } = cache();
  const kept = accept("t", routeOf(["a"]), 0);
  entries.deny("u", notFound("u"), 0);
  entries.clear();
  assert(kept.removed);
  assertEquals([state("t", 1), entries.denial("u", 1), entries.broker("a"), entries.stats().entries], [undefined, undefined, undefined, 0]);
});

test("completeCacheOptions() refuses numbers out of their range", () => {
  for (const name of ["ttlMs", "staleMs", "negativeTtlMs"]) {
    for (const value of [-1, NaN, 2 ** 31]) {
      assertThrows(
        () => completeCacheOptions({ [name]: value }),
        RangeError,
        `Cannot use ${name} ${value}: it must be from 0 to 2147483647 ms`,
      );
    }
  }
  for (const value of [0, 1.5, -1]) {
    assertThrows(() => completeCacheOptions({ maxEntries: value }), RangeError, `Cannot use maxEntries ${value}`);
  }
});
