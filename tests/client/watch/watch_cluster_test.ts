import { assertEquals, assertStrictEquals } from "@std/assert";
import { brokerData } from "../../cli/routes.ts";
import { test } from "../../harness.ts";
import { BrokersWorld } from "../brokers/brokers_world.ts";
import { WatchWorld } from "./watch_world.ts";

const INTERVAL_MS = 30_000;
const A = brokerData("a", { brokerAddrs: { "0": "a:1", "1": "a:2" } });
const B = brokerData("b", { brokerAddrs: { "0": "b:1" } });

/** A NameServer that knows "a", and watches of it. */
function setUp(): { readonly brokers: BrokersWorld; readonly world: WatchWorld } {
  const brokers = new BrokersWorld();
  brokers.brokers = [A];
  return { brokers, world: new WatchWorld("ns:9876", { adapter: brokers.peer }) };
}

test("watchCluster() gives the brokers, then who joined, left, and lost a master", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  const watch = world.watches.watchCluster({});
  const { value: snapshot } = await watch.next();
  assertEquals([snapshot.type, Object.keys(snapshot.cluster.brokerAddrTable)], ["snapshot", ["a"]]);
  const next = watch.next();
  brokers.brokers = [brokerData("a", { brokerAddrs: { "1": "a:2" } }), B];
  world.timers.advance(INTERVAL_MS);
  const { value: change } = await next;
  assertStrictEquals(change.previous, snapshot.cluster);
  assertEquals(change.diff, {
    brokersAdded: ["b"],
    brokersRemoved: [],
    addressesChanged: ["a"],
    mastersLost: ["a"],
    mastersGained: [],
    down: [],
    up: [],
  });
});

test("watchCluster() asks no broker unless it is to probe", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  const watch = world.watches.watchCluster({});
  await watch.next();
  const next = watch.next();
  await world.timers.pollAfter(INTERVAL_MS);
  assertEquals(brokers.peer.sent, ["ns:9876 106", "ns:9876 106"]);
  world.watches.close();
  assertEquals((await next).done, true);
});

test("watchCluster() that probes tells brokers down and up before the NameServer does", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  const watch = world.watches.watchCluster({ probe: true });
  await watch.next();
  const down = watch.next();
  await world.timers.sets.at(0); // all answer
  brokers.scripts.set("a:2", "refuses");
  for (const connection of brokers.peer.open) if (connection.address === "a:2") connection.end();
  world.timers.advance(INTERVAL_MS);
  const { value } = await down;
  assertEquals([value.type, value.diff.down, value.diff.up], ["changed", ["a"], []]);
  assertStrictEquals(value.cluster, value.previous);
  const up = watch.next();
  await world.timers.pollAfter(INTERVAL_MS); // still down
  brokers.scripts.delete("a:2");
  world.timers.advance(INTERVAL_MS);
  assertEquals((await up).value.diff, { ...value.diff, down: [], up: ["a"] });
});

test("watchCluster() that probes gives its snapshot before brokers answer, and what is down from the start as a change", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  brokers.scripts.set("a:1", "silent").set("a:2", "refuses");
  const watch = world.watches.watchCluster({ probe: true });
  assertEquals((await watch.next()).value.type, "snapshot");
  const next = watch.next();
  const [request, connection] = await brokers.peer.request(1, 0); // a:1 is asked, and holds the poll up
  connection.answer(request);
  assertEquals((await next).value.diff.down, ["a"]);
});

test("watchCluster() shares the NameServer's answers between those that probe and those that don't", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  brokers.scripts.set("a:2", "refuses");
  const [probing, plain] = [world.watches.watchCluster({ probe: true }), world.watches.watchCluster({})];
  await Promise.all([probing.next(), plain.next()]);
  const unmoved = plain.next();
  assertEquals((await probing.next()).value.diff.down, ["a"]);
  const late = world.watches.watchCluster({ probe: true });
  assertEquals((await late.next()).value.type, "snapshot");
  assertEquals((await late.next()).value.diff.down, ["a"]);
  brokers.brokers = [A, B];
  world.timers.advance(INTERVAL_MS);
  const { value } = await unmoved;
  assertEquals([value.diff.brokersAdded, value.diff.down], [["b"], []]);
  assertEquals(brokers.peer.sent.filter((sent) => sent === "ns:9876 106").length, 2);
});

test("watchCluster() that probes asks brokers at once, though the NameServer was just asked for another watch", async () => {
  const { brokers, world } = setUp();
  await using _world = world;
  brokers.scripts.set("a:2", "refuses");
  const [plain, probing] = [world.watches.watchCluster({}), world.watches.watchCluster({ probe: true })];
  await Promise.all([plain.next(), probing.next()]);
  assertEquals((await probing.next()).value.diff.down, ["a"]);
});
