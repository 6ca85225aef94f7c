import { assertEquals } from "@std/assert";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { diffRoutes, type RouteDiff } from "../../src/route/diff_routes.ts";
import { brokerData, queueData, routeData } from "../cli/routes.ts";
import { test } from "../harness.ts";

const NOTHING: RouteDiff = { brokersAdded: [], brokersRemoved: [], addressesChanged: [], queuesChanged: [] };
const mapping = { bname: "a", totalQueues: 1, epoch: 1, currIdMap: { "0": 0 } };
const route = routeData({
  queueDatas: [queueData("a"), queueData("b")],
  brokerDatas: [brokerData("a"), brokerData("b", { brokerAddrs: { "0": "h:0", "1": "h:1" } })],
});

interface Case {
  readonly what: string;
  readonly change: Partial<TopicRouteData>;
  readonly diff: Partial<RouteDiff>;
}

const CASES: readonly Case[] = [
  { what: "nothing in lists of another order", change: { brokerDatas: [...route.brokerDatas].reverse() }, diff: {} },
  {
    what: "brokers that joined, in the order of their names, with their queues",
    change: {
      queueDatas: [...route.queueDatas, queueData("d"), queueData("c")],
      brokerDatas: [...route.brokerDatas, brokerData("d"), brokerData("c")],
    },
    diff: { brokersAdded: ["c", "d"] },
  },
  {
    what: "a broker that left with its queues",
    change: { queueDatas: [queueData("b")], brokerDatas: [route.brokerDatas[1]!] },
    diff: { brokersRemoved: ["a"] },
  },
  {
    what: "a slave that left",
    change: { brokerDatas: [route.brokerDatas[0]!, brokerData("b", { brokerAddrs: { "0": "h:0" } })] },
    diff: { addressesChanged: ["b"] },
  },
  {
    what: "queues of a broker that is left without any",
    change: { queueDatas: [queueData("a")] },
    diff: { queuesChanged: ["b"] },
  },
  {
    what: "queues of a broker that is nowhere else in the route",
    change: { queueDatas: [...route.queueDatas, queueData("ghost")] },
    diff: { queuesChanged: ["ghost"] },
  },
  {
    what: "every broker when an order configuration comes, since others' own queues count no more",
    change: { orderTopicConf: "a:4" },
    diff: { queuesChanged: ["a", "b"] },
  },
  { what: "a mapping of a static topic", change: { topicQueueMappingByBroker: { a: mapping } }, diff: { queuesChanged: ["a"] } },
  { what: "nothing in another zone", change: { brokerDatas: [brokerData("a", { zoneName: "z" }), route.brokerDatas[1]!] }, diff: {} },
];

for (const { what, change, diff } of CASES) {
  test(`diffRoutes() tells ${what}`, () => assertEquals(diffRoutes(route, { ...route, ...change }), { ...NOTHING, ...diff }));
}

test("diffRoutes() tells the broker whose part in the order configuration changed", () => {
  const [before, after] = ["a:4;b:4;odd", "b:8;a:4"].map((orderTopicConf) => ({ ...route, orderTopicConf }));
  assertEquals(diffRoutes(before!, after!), { ...NOTHING, queuesChanged: ["b"] });
});

test("diffRoutes() takes names like __proto__ for data", () => {
  const named = routeData({ queueDatas: [queueData("__proto__")], brokerDatas: [brokerData("__proto__")] });
  assertEquals(diffRoutes(routeData(), named), { ...NOTHING, brokersAdded: ["__proto__"] });
});
