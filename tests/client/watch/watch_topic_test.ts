import { assertEquals, assertInstanceOf, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerError, TopicNotFoundError } from "../../../src/errors.ts";
import type { TopicRouteData } from "../../../src/model/topic_route.ts";
import { createResponse } from "../../../src/protocol/command.ts";
import { EmbeddedNameServer, type Faults } from "../../../src/testing.ts";
import { brokerData, queueData, routeData } from "../../cli/routes.ts";
import { test } from "../../harness.ts";
import { WatchWorld } from "./watch_world.ts";

const INTERVAL_MS = 30_000;
/** A failure that nobody tries again at once. */
const BROKEN: Faults = { answer: (request) => createResponse(request, { code: 1, remark: "broken" }) };

/** A route of these brokers. */
function routeOf(...brokers: readonly string[]): TopicRouteData {
  return routeData({ queueDatas: brokers.map((name) => queueData(name)), brokerDatas: brokers.map((name) => brokerData(name)) });
}

function names(route: TopicRouteData): readonly string[] {
  return route.brokerDatas.map(({ brokerName }) => brokerName);
}

/** A server with a topic, and watches of it. */
function setUp(route?: TopicRouteData): { readonly server: EmbeddedNameServer; readonly world: WatchWorld } {
  const server = new EmbeddedNameServer();
  if (route !== undefined) server.setTopicRoute("orders", route);
  return { server, world: new WatchWorld(server.address, { adapter: server.adapter }) };
}

test("watchTopicRoute() gives the route, then a change with its difference from what was seen", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  const { value: snapshot } = await watch.next();
  assertEquals([snapshot.type, names(snapshot.route)], ["snapshot", ["a"]]);
  const next = watch.next();
  server.setTopicRoute("orders", routeOf("a", "b"));
  world.timers.advance(INTERVAL_MS);
  const { value: change } = await next;
  assertEquals([change.type, names(change.route).toSorted()], ["changed", ["a", "b"]]);
  assertStrictEquals(change.previous, snapshot.route);
  assertEquals(change.diff, { brokersAdded: ["b"], brokersRemoved: [], addressesChanged: [], queuesChanged: [] });
});

test("watchTopicRoute() says nothing as long as the route says the same", async () => {
  const { server, world } = setUp(routeOf("a", "b"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  const next = watch.next();
  await world.timers.pollAfter(INTERVAL_MS);
  server.setTopicRoute("orders", routeOf("b", "a"));
  await world.timers.pollAfter(INTERVAL_MS);
  server.setTopicRoute("orders", routeOf("c"));
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.diff.brokersRemoved, ["a", "b"]);
  assertEquals(server.received.length, 4);
});

test("watchTopicRoute() tells that a topic was removed, and gives a snapshot when it is back", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  const { value: snapshot } = await watch.next();
  await world.client.deleteTopic({ topic: "orders" });
  const removed = watch.next();
  world.timers.advance(INTERVAL_MS);
  assertEquals((await removed).value, { type: "removed", previous: snapshot.route });
  const back = watch.next();
  await world.timers.pollAfter(INTERVAL_MS);
  server.setTopicRoute("orders", routeOf("a"));
  world.timers.advance(INTERVAL_MS);
  assertEquals((await back).value.type, "snapshot");
});

test("watchTopicRoute() of a topic that is not there tells so once, then gives it when it has come", async () => {
  const { server, world } = setUp();
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  const { value: denied } = await watch.next();
  assertEquals(denied.type, "error");
  assertInstanceOf(denied.error, TopicNotFoundError);
  const next = watch.next();
  await world.timers.pollAfter(INTERVAL_MS);
  server.setTopicRoute("orders", routeOf("a"));
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.type, "snapshot");
});

test("watchTopicRoute() gives a slow reader one change, from what it saw last to what is known when it asks", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const [slow, quick] = [world.watches.watchTopic("orders", {}), world.watches.watchTopic("orders", {})];
  await Promise.all([slow.next(), quick.next()]);
  for (const brokers of [["a", "b"], ["b", "c"]]) {
    const next = quick.next();
    server.setTopicRoute("orders", routeOf(...brokers));
    world.timers.advance(INTERVAL_MS);
    await next;
  }
  const { value } = await slow.next();
  assertEquals([names(value.previous), value.diff.brokersAdded, value.diff.brokersRemoved], [["a"], ["b", "c"], ["a"]]);
  assertEquals(server.received.length, 3);
});

test("watchTopicRoute() asks nothing while nobody waits, and at once when somebody does who has not asked for long", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  assertEquals(world.timers.pending.size, 0);
  world.timers.advance(10 * INTERVAL_MS);
  server.setTopicRoute("orders", routeOf("b"));
  assertEquals((await watch.next()).value.diff.brokersAdded, ["b"]);
  assertEquals(server.received.length, 2);
});

test("watchTopicRoute() tells once that no server can say anything, recovers in silence, and tells it anew", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  const failed = watch.next();
  server.setFaults(BROKEN);
  world.timers.advance(INTERVAL_MS);
  const { value } = await failed;
  assertEquals(value.type, "error");
  assertInstanceOf(value.error, NameServerError);
  const next = watch.next();
  await world.timers.pollAfter(INTERVAL_MS); // fails again
  server.setFaults({});
  await world.timers.pollAfter(INTERVAL_MS); // the same route as before
  server.setFaults(BROKEN);
  world.timers.advance(INTERVAL_MS);
  const again = (await next).value;
  assertEquals(again.type, "error");
  assertEquals(again.error !== value.error, true);
});

test("watchTopicRoute() that recovers with another route tells what has changed meanwhile", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  server.setFaults(BROKEN);
  const failed = watch.next();
  world.timers.advance(INTERVAL_MS);
  assertEquals((await failed).value.type, "error");
  const next = watch.next();
  server.setTopicRoute("orders", routeOf("b"));
  server.setFaults({});
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).value.diff.brokersRemoved, ["a"]);
});

test("watchTopicRoute() asks once for many watches, at the shortest interval of those that wait", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watches = [60_000, 10_000, 30_000].map((intervalMs) => world.watches.watchTopic("orders", { intervalMs }));
  await Promise.all(watches.map((watch) => watch.next()));
  assertEquals(server.received.length, 1);
  const next = watches.map((watch) => watch.next());
  assertEquals(world.timers.sets.all.at(-1), 10_000);
  server.setTopicRoute("orders", routeOf("b"));
  world.timers.advance(10_000);
  assertEquals((await Promise.all(next)).map(({ value }) => value.type), ["changed", "changed", "changed"]);
  assertEquals(server.received.length, 2);
  await watches[1]!.return!();
  const rest = [watches[0]!.next(), watches[2]!.next()];
  assertEquals(world.timers.sets.all.at(-1), 30_000);
  world.watches.close();
  assertEquals((await Promise.all(rest)).map(({ done }) => done), [true, true]);
});

test("watchTopicRoute() lets intervals stray by a tenth, so that clients don't ask in step", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  for (const [random, delayMs] of [[0, 27_000], [0.5, 30_000], [1, 33_000]] as const) {
    world.random = random;
    const watch = world.watches.watchTopic("orders", {});
    await watch.next();
    const next = watch.next();
    assertEquals(world.timers.sets.all.at(-1), delayMs);
    await watch.return!();
    assertEquals((await next).done, true);
  }
});

test("watchTopicRoute() gives each of several next() calls a change of its own, in order", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  const calls = [watch.next(), watch.next()];
  assertEquals((await calls[0]!).value.type, "snapshot");
  server.setTopicRoute("orders", routeOf("b"));
  world.timers.advance(INTERVAL_MS);
  assertEquals((await calls[1]!).value.type, "changed");
});

test("watchTopicRoute() ends with break, the signal and the client, and leaves nothing behind", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  for await (const change of world.watches.watchTopic("orders", {})) {
    assertEquals(change.type, "snapshot");
    break;
  }
  const controller = new AbortController();
  const [signalled, closed] = [world.watches.watchTopic("orders", { signal: controller.signal }), world.watches.watchTopic("orders", {})];
  await Promise.all([signalled.next(), closed.next()]);
  const ends = [signalled.next(), closed.next()];
  controller.abort();
  assertEquals(await ends[0], { done: true, value: undefined });
  assertEquals(world.timers.pending.size, 1);
  world.watches.close();
  assertEquals(await ends[1], { done: true, value: undefined });
  assertEquals(world.timers.pending.size, 0);
  for (const watch of [signalled, closed, world.watches.watchTopic("orders", {})]) assertEquals((await watch.next()).done, true);
  const aborted = world.watches.watchTopic("orders", { signal: AbortSignal.abort() });
  assertEquals((await aborted.next()).done, true);
});

test("watchTopicRoute() that ends while it asks gives the call up", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  server.setFaults({ silent: true });
  const controller = new AbortController();
  const next = world.watches.watchTopic("orders", { signal: controller.signal }).next();
  controller.abort();
  assertEquals((await next).done, true);
  server.setFaults({});
  assertEquals((await world.watches.watchTopic("orders", {}).next()).value.type, "snapshot");
});

test("watchTopicRoute() ends when the remote is closed underneath", async () => {
  const { server, world } = setUp(routeOf("a"));
  await using _server = server, _world = world;
  const watch = world.watches.watchTopic("orders", {});
  await watch.next();
  const next = watch.next();
  await world.remote.close();
  world.timers.advance(INTERVAL_MS);
  assertEquals((await next).done, true);
});

test("watchTopicRoute() ends with what a function of the program throws", async () => {
  await using server = new EmbeddedNameServer();
  const signRequest = (): never => {
    throw new TypeError("no key");
  };
  await using world = new WatchWorld(server.address, { adapter: server.adapter, signRequest });
  const watch = world.watches.watchTopic("orders", {});
  await assertRejects(() => watch.next(), TypeError, "no key");
  assertEquals((await watch.next()).done, true);
});

test("watchTopicRoute() gives brokers the addresses that mapAddress makes", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", routeOf("a"));
  const mapAddress = (address: string): string => address.replace("10.0.0.1", "localhost");
  await using world = new WatchWorld(server.address, { adapter: server.adapter }, { mapAddress });
  const { value } = await world.watches.watchTopic("orders", {}).next();
  assertEquals({ ...value.route.brokerDatas[0].brokerAddrs }, { "0": "localhost:10911" });
});

test("watchTopicRoute() refuses an empty topic, and intervals that make no sense", async () => {
  const { server, world } = setUp();
  await using _server = server, _world = world;
  assertThrows(() => world.client.watchTopicRoute(""), TypeError, "topic");
  for (const intervalMs of [0, -1, Number.NaN, Infinity, 2 ** 31]) {
    assertThrows(() => world.client.watchTopicRoute("orders", { intervalMs }), RangeError, "Cannot use intervalMs");
    assertThrows(() => world.client.watchCluster({ intervalMs }), RangeError, "Cannot use intervalMs");
  }
});
