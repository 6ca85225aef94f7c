import { assert, assertEquals, assertInstanceOf, assertRejects, assertStrictEquals } from "@std/assert";
import type { RouteCacheOptions } from "../../src/client/cache/options.ts";
import { ClientEvents } from "../../src/client/client_events.ts";
import { RouteCache } from "../../src/client/route_cache.ts";
import { NameServerClosedError, NameServerConnectionError, NameServerTimeoutError, TopicNotFoundError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import { test } from "../harness.ts";
import { FakeTimers } from "../remote/fake_timers.ts";
import { routeOf } from "./cache/bodies.ts";
import { type Asked, denies, has, later, ScriptedRemote, settle } from "./cache/scripted_remote.ts";

const DOWN = new NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT" });

/** A cache on a scripted remote and a clock that is turned by hand. */
function stage(options: RouteCacheOptions & { readonly timeoutMs?: number } = {}) {
  const { timeoutMs, ...cacheOptions } = options;
  const timers = new FakeTimers();
  const remote = new ScriptedRemote(() => has(routeOf(["x"])));
  const events = new ClientEvents(remote);
  const routes = new RouteCache({ remote, events, timers, epochMs: () => timers.now(), timeoutMs }, cacheOptions);
  const advance = async (ms: number, stepMs: number = ms) => {
    for (let left = ms; left > 0; left -= stepMs) {
      timers.advance(Math.min(stepMs, left));
      await settle();
    }
  };
  const close = async () => {
    await routes.close();
    await remote.close();
    await events.close();
    assertEquals(timers.pending.size, 0, "timers left behind");
  };
  return { timers, remote, events, routes, advance, close };
}

const down = (): never => {
  throw DOWN;
};

test("RouteCache.get() asks once, and gives the same object until the route differs", async () => {
  const { remote, routes, close } = stage();
  const route = await routes.get("t");
  assertStrictEquals(await routes.get("t"), route);
  assertStrictEquals(await routes.get("t", { timeoutMs: 10 }), route);
  assertStrictEquals(routes.peek("t"), route);
  const { hits, misses, refreshes } = routes.stats();
  assertEquals([remote.topics, hits, misses, refreshes], [["t"], 2, 1, 0]);
  await close();
});

test("RouteCache.get() of many callers at once shares one request a topic", async () => {
  const { remote, routes, close } = stage();
  const found = await Promise.all(Array.from({ length: 100 }, (_, i) => routes.get(`t${i % 2}`)));
  assertEquals([new Set(found).size, remote.topics], [2, ["t0", "t1"]]);
  await close();
});

test("RouteCache.get()'s abort ends the caller's wait only, with the signal's reason", async () => {
  const { remote, routes, close } = stage();
  const answer = later();
  remote.answer = () => answer.promise;
  const controller = new AbortController();
  const given = routes.get("t", { signal: controller.signal });
  const waiting = routes.get("t");
  const reason = new Error("enough");
  controller.abort(reason);
  assertStrictEquals(await given.catch((error) => error), reason);
  assertStrictEquals(await routes.get("t", { signal: controller.signal }).catch((error) => error), reason);
  answer.resolve(has(routeOf(["x"])));
  assertEquals((await waiting).queueDatas.length, 1);
  assertEquals(remote.topics, ["t"]);
  await close();
});

test("RouteCache.get()'s timeout ends the caller's wait only; the request has the client's deadline", async () => {
  const { timers, remote, routes, close } = stage({ timeoutMs: 700 });
  const answer = later();
  remote.answer = () => answer.promise;
  const given = assertRejects(() => routes.get("t", { timeoutMs: 40 }), NameServerTimeoutError, "no answer within 40 ms");
  const waiting = routes.get("t", { timeoutMs: 60 });
  await settle();
  timers.advance(40);
  assertEquals((await given).operation, "queryTopicRouteInfo");
  answer.resolve(has(routeOf(["x"])));
  assertEquals((await waiting).queueDatas.length, 1);
  assertEquals(remote.asked.map(({ options }) => options), [{ idempotent: true, timeoutMs: 700 }]);
  await close();
});

test("RouteCache.get() refuses an empty topic and a timeout out of range before any I/O", async () => {
  const { remote, routes, close } = stage();
  await assertRejects(() => routes.get(""), TypeError, "topic must not be empty");
  await assertRejects(() => routes.get("t", { timeoutMs: 0 }), RangeError, "Cannot use timeoutMs 0");
  assertEquals(remote.topics, []);
  await close();
});

test("RouteCache.get() with an address asks that server, and neither reads nor fills the cache", async () => {
  const { remote, routes, close } = stage();
  await routes.get("t");
  remote.answer = ({ options }) => has(routeOf(["y"]), options.address);
  const route = await routes.get("t", { address: "b:9876" });
  assertEquals([route.brokerDatas[0]?.brokerName, routes.peek("t")?.brokerDatas[0]?.brokerName], ["y", "x"]);
  assertEquals(remote.asked[1]?.options, { address: "b:9876", idempotent: true });
  remote.answer = () => denies("b:9876");
  await assertRejects(() => routes.publishQueues("t", { address: "b:9876" }), TopicNotFoundError);
  await close();
});

test("RouteCache.get() past ttlMs gives the old route at once, and fetches a new one behind the caller's back", async () => {
  const { timers, remote, routes, close } = stage({ ttlMs: 100, staleMs: 1000 });
  const route = await routes.get("t");
  timers.stall(100);
  remote.answer = () => has(routeOf(["y"]));
  assertEquals(routes.entry("t")?.state, "stale");
  assertStrictEquals(await routes.get("t"), route);
  await settle();
  const { state, version, server, fetchedAt } = routes.entry("t")!;
  assertEquals({ state, version, server, fetchedAt }, { state: "fresh", version: 2, server: "a:9876", fetchedAt: timers.now() });
  assertEquals((await routes.get("t")).brokerDatas[0]?.brokerName, "y");
  const { staleAnswers, refreshes, unchanged } = routes.stats();
  assertEquals([staleAnswers, refreshes, unchanged, remote.topics.length], [1, 1, 0, 2]);
  await close();
});

test("fault 9: RouteCache.get() gives old routes up to staleMs while every server is down, and they come back fresh by themselves", async () => {
  const { remote, routes, advance, close } = stage({ ttlMs: 10_000, staleMs: 60_000 });
  const route = await routes.get("t");
  remote.answer = down;
  for (let at = 0; at < 55_000; at += 1000) {
    assertStrictEquals(await routes.get("t"), route);
    await advance(1000);
  }
  assertEquals(routes.entry("t")?.state, "stale");
  const asked = remote.topics.length;
  assert(asked > 30 && asked < 70, `asked ${asked} times in a minute`);
  remote.answer = () => has(routeOf(["x"]));
  await advance(2000, 500);
  assertEquals(routes.entry("t")?.state, "fresh"); // nobody has asked
  remote.answer = down;
  await advance(60_000, 1000);
  assertStrictEquals(await routes.get("t").catch((error) => error), DOWN);
  assertEquals(routes.peek("t"), undefined);
  await close();
});

test("RouteCache renews topics in use before they are stale, and lets the others grow old", async () => {
  const { remote, routes, advance, close, timers } = stage({ ttlMs: 10_000, staleMs: 60_000 });
  const route = await routes.get("used");
  await routes.get("idle");
  for (let at = 0; at < 60_000; at += 500) {
    assertStrictEquals(routes.peek("used"), route);
    assertEquals(routes.entry("used")?.state, "fresh");
    await advance(500);
  }
  assertEquals([routes.entry("idle"), remote.topics.filter((topic) => topic === "idle").length], [undefined, 1]);
  const { refreshes, unchanged, staleAnswers } = routes.stats();
  assertEquals([refreshes, staleAnswers], [unchanged, 0]);
  assert(refreshes >= 6 && refreshes <= 10, `${refreshes} refreshes in 6 ttlMs`);
  await advance(30_000, 500);
  assertEquals(timers.pending.size, 0); // nobody asks: nothing runs
  await close();
});

test("RouteCache keeps thousands of topics fresh, spread over the interval, a few at a time", async () => {
  const { timers, remote, routes, close } = stage({ ttlMs: 30_000 });
  const topics = Array.from({ length: 3000 }, (_, i) => `t${i}`);
  await Promise.all(topics.map((topic) => routes.get(topic)));
  let inFlight = 0, most = 0, busiest = 0;
  remote.answer = async () => {
    most = Math.max(most, ++inFlight);
    await Promise.resolve();
    inFlight--;
    return has(routeOf(["x"]));
  };
  for (const topic of topics) routes.peek(topic);
  for (let second = 0; second < 29; second++) {
    const before = remote.topics.length;
    timers.advance(1000);
    while (inFlight > 0) await settle();
    for (let i = 0; i < 60; i++) await settle();
    busiest = Math.max(busiest, remote.topics.length - before);
  }
  assertEquals([remote.topics.length, routes.stats().unchanged], [6000, 3000]);
  assert(most <= 64, `${most} at a time`);
  assert(busiest < 450, `${busiest} in one second`);
  assertEquals(topics.filter((topic) => routes.entry(topic)?.state !== "fresh"), []);
  await close();
});

test("RouteCache holds the process with no timer of its own", async () => {
  const { timers, routes, close } = stage({ ttlMs: 10_000 });
  await routes.get("t");
  for (let i = 0; i < 20; i++) routes.peek("t");
  assertEquals([timers.pending.size, timers.holding], [2, false]);
  await close();
});

test("RouteCache.get() remembers that there is no such topic for negativeTtlMs", async () => {
  const { timers, remote, routes, close } = stage({ negativeTtlMs: 50 });
  remote.answer = () => denies();
  const error = await assertRejects(() => routes.get("t"), TopicNotFoundError);
  assertStrictEquals(await routes.get("t").catch((again) => again), error);
  assertEquals(remote.topics.length, 1);
  timers.stall(50);
  remote.answer = () => has(routeOf(["x"]));
  assertEquals((await routes.get("t")).queueDatas.length, 1);
  await close();
});

test("RouteCache.invalidate() lets a server be asked before the route is given again; versions go on", async () => {
  const { remote, routes, close } = stage();
  await routes.get("t");
  remote.answer = () => has(routeOf(["y"]));
  routes.invalidate("t");
  assertEquals([routes.peek("t"), routes.entry("t")], [undefined, undefined]);
  assertEquals((await routes.get("t")).brokerDatas[0]?.brokerName, "y");
  assertEquals([routes.entry("t")?.version, remote.topics.length], [2, 2]);
  routes.invalidate();
  await routes.get("t");
  assertEquals([routes.entry("t")?.version, remote.topics.length], [2, 3]);
  await close();
});

test("RouteCache.invalidate() renews a topic in use in the background", async () => {
  const { remote, routes, close } = stage();
  for (const topic of ["used", "idle"]) await routes.get(topic);
  await routes.get("used");
  routes.invalidate();
  await settle();
  assertEquals([routes.peek("used")?.queueDatas.length, routes.peek("idle")], [1, undefined]);
  assertEquals(remote.topics, ["used", "idle", "used"]);
  await close();
});

test("RouteCache.get() of a route declared wrong gives the old one where no server answers", async () => {
  const { remote, routes, close } = stage();
  const route = await routes.get("t");
  remote.answer = down;
  routes.invalidate("t");
  assertStrictEquals(await routes.get("t"), route);
  const { misses, staleAnswers } = routes.stats();
  assertEquals([misses, staleAnswers, routes.entry("t")?.state], [2, 1, "stale"]);
  await close();
});

test("RouteCache.invalidate() does not let an answer that was asked for before count", async () => {
  const { remote, routes, close } = stage();
  const answers: ((response: RemotingCommand) => void)[] = [];
  remote.answer = () => new Promise((resolve) => answers.push(resolve));
  const first = routes.get("t");
  await settle();
  routes.invalidate("t");
  const second = routes.get("t");
  await settle();
  assertEquals(answers.length, 2);
  answers[0]!(has(routeOf(["old"])));
  answers[1]!(has(routeOf(["new"])));
  await first;
  assertEquals((await second).brokerDatas[0]?.brokerName, "new");
  await close();
});

const FAILURES: readonly RemoteEvent[] = [
  { type: "disconnected", address: "x:10911", error: DOWN },
  { type: "disconnected", address: "a:9876", error: DOWN },
  { type: "failover", from: "a:9876", to: "b:9876", error: DOWN },
];

for (const event of FAILURES) {
  const address = "from" in event ? event.from : (event as { readonly address: string }).address;
  test(`RouteCache renews routes in use when ${address} fails (${event.type}), and marks the others stale`, async () => {
    const { remote, routes, close } = stage();
    for (const topic of ["used", "idle"]) await routes.get(topic);
    await routes.get("used");
    remote.answer = () => has(routeOf(["y"]), "b:9876");
    remote.publish(event);
    await settle();
    assertEquals([routes.entry("used")?.version, routes.entry("idle")?.state], [2, "stale"]);
    assertEquals(remote.topics, ["used", "idle", "used"]);
    await close();
  });
}

test("RouteCache minds no connection that ended as it had to, nor one of somebody else's", async () => {
  const { remote, routes, close } = stage();
  await routes.get("t");
  await routes.get("t");
  remote.publish({ type: "disconnected", address: "a:9876" });
  remote.publish({ type: "disconnected", address: "c:9876", error: DOWN });
  await settle();
  assertEquals([routes.entry("t")?.state, remote.topics], ["fresh", ["t"]]);
  await close();
});

test("fault 67: RouteCache asks another server before it gives up a route, and says so", async () => {
  const { timers, remote, routes, events, close } = stage({ ttlMs: 100 });
  remote.addresses = ["a:9876", "b:9876"];
  await routes.get("t");
  const read = events.read();
  timers.stall(100);
  remote.answer = ({ options }: Asked) => options.address === "b:9876" ? has(routeOf(["x"]), "b:9876") : denies("a:9876");
  await routes.get("t");
  const { value } = await read.next();
  assertEquals([value.type, value.about, value.topic, value.address], ["warning", "suspect-route", "t", "a:9876"]);
  await settle();
  assertEquals([routes.entry("t")?.state, routes.entry("t")?.server], ["fresh", "b:9876"]);
  timers.stall(100);
  remote.answer = () => denies("b:9876");
  await routes.get("t");
  await settle();
  assertEquals(routes.peek("t"), undefined);
  await assertRejects(() => routes.get("t"), TopicNotFoundError);
  await close();
});

test("RouteCache.publishQueues() and subscribeQueues() are computed once a version", async () => {
  const { remote, routes, close } = stage();
  const published = await routes.publishQueues("t"), subscribed = await routes.subscribeQueues("t");
  assertEquals(published.map(({ topic, brokerName, queueId }) => `${topic} ${brokerName} ${queueId}`), [
    "t x 0",
    "t x 1",
    "t x 2",
    "t x 3",
  ]);
  assertStrictEquals(await routes.publishQueues("t"), published);
  assertStrictEquals(await routes.subscribeQueues("t"), subscribed);
  remote.answer = () => has(routeOf(["x"], 1));
  routes.invalidate("t");
  assertEquals([(await routes.publishQueues("t")).length, (await routes.subscribeQueues("t")).length], [1, 1]);
  await close();
});

test("fault 39: RouteCache.publishQueues() reports what it skips of an order configuration, once a version", async () => {
  const { remote, routes, events, close } = stage();
  const read = events.read();
  remote.answer = () => has({ ...routeOf(["x"]), orderTopicConf: "x:2;y;z:-1" });
  assertEquals((await routes.publishQueues("t")).length, 2);
  assertEquals((await routes.publishQueues("t")).length, 2);
  routes.invalidate("t");
  await routes.publishQueues("t");
  assertEquals((await read.next()).value, {
    type: "warning",
    about: "order-conf",
    message: 'Skipped in the order configuration of topic "t": "y", "z:-1"',
    topic: "t",
  });
  await close();
  assertEquals(await read.next(), { done: true, value: undefined });
});

test("fault 40: RouteCache.publishQueues() of a route with too many queues is a RangeError; its route can be had", async () => {
  const { remote, routes, close } = stage();
  remote.answer = () => has(routeOf(["x"], 2 ** 31 - 1));
  await assertRejects(() => routes.publishQueues("t"), RangeError);
  await assertRejects(() => routes.subscribeQueues("t"), RangeError);
  assertEquals(routes.peek("t")?.queueDatas.length, 1);
  await close();
});

test("RouteCache finds addresses of brokers as they are mapped", async () => {
  const { routes, close } = stage({ mapAddress: (address) => `nat-${address}` });
  assertEquals(routes.brokerAddressForPublish("x"), undefined);
  await routes.get("t");
  assertEquals(routes.brokerAddressForPublish("x"), "nat-x:10911");
  assertEquals(routes.brokerAddressForSubscribe("x", 1), { address: "nat-x-s:10911", brokerId: "1", isMaster: false });
  assertEquals(routes.brokerAddressForSubscribe("x", 7), { address: "nat-x:10911", brokerId: "0", isMaster: true });
  assertEquals([routes.brokerAddressForSubscribe("x", 7, true), routes.brokerAddressForSubscribe("y", 0)], [undefined, undefined]);
  await close();
});

test("fault 76: a mapAddress that throws fails the call, and nothing else", async () => {
  const fault = new Error("mapping");
  let broken = true;
  const { routes, close } = stage({
    mapAddress: (address) => {
      if (broken) throw fault;
      return address;
    },
  });
  assertStrictEquals(await routes.get("t").catch((error) => error), fault);
  broken = false;
  assertEquals((await routes.get("t")).queueDatas.length, 1);
  await close();
});

test("RouteCache.get() with ttlMs 0 renews at each use; without staleMs too, it asks each time", async () => {
  const renewing = stage({ ttlMs: 0 });
  await renewing.routes.get("t");
  await renewing.routes.get("t");
  await settle();
  assertEquals([renewing.remote.topics.length, renewing.routes.stats().staleAnswers], [2, 1]);
  await renewing.close();
  const asking = stage({ ttlMs: 0, staleMs: 0 });
  for (let i = 0; i < 3; i++) await asking.routes.get("t");
  assertEquals([asking.remote.topics.length, asking.routes.stats().staleAnswers, asking.routes.peek("t")], [3, 0, undefined]);
  await asking.close();
});

test("RouteCache.close() forgets everything; calls are refused then, and what was in flight plans nothing", async () => {
  const { remote, routes, timers, close } = stage();
  await routes.get("t");
  const answer = later();
  remote.answer = () => answer.promise;
  const waiting = routes.get("u");
  await settle();
  await close();
  assertEquals(routes.peek("t"), undefined);
  assertInstanceOf(await routes.get("t").catch((error) => error), NameServerClosedError);
  answer.resolve(has(routeOf(["x"])));
  await waiting;
  await settle();
  assertEquals([timers.pending.size, remote.isRead], [0, false]);
});
