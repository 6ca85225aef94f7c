import { assertEquals } from "@std/assert";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { sameRoute } from "../../src/route/same_route.ts";
import { test } from "../harness.ts";
import { brokerData, queueData, routeData } from "../cli/routes.ts";

const mapping = { bname: "a", totalQueues: 1, epoch: 1, currIdMap: { "0": 0 } };
const route = routeData({
  queueDatas: [queueData("a"), queueData("b")],
  brokerDatas: [brokerData("a", { brokerAddrs: { "0": "h:0", "1": "h:1" } }), brokerData("b")],
  filterServerTable: { "h:0": ["f:1", "f:2"] },
  topicQueueMappingByBroker: { a: mapping },
});

test("sameRoute() does not mind the order of lists and of members", () => {
  const { queueDatas, brokerDatas, ...rest } = route;
  const other = { ...rest, brokerDatas: [...brokerDatas].reverse(), queueDatas: [...queueDatas].reverse() };
  assertEquals(sameRoute(route, { ...other, filterServerTable: { "h:0": ["f:2", "f:1"] } }), true);
});

const CHANGES: Readonly<Record<string, Partial<TopicRouteData>>> = {
  "an order configuration, even an empty one": { orderTopicConf: "" },
  "a queue count": { queueDatas: [queueData("a"), queueData("b", { writeQueueNums: 5 })] },
  "queues that are there twice": { queueDatas: [queueData("a"), queueData("b"), queueData("b")] },
  "an address": { brokerDatas: [brokerData("a", { brokerAddrs: { "0": "h:0", "1": "h:2" } }), brokerData("b")] },
  "a cluster": { brokerDatas: [brokerData("a", { cluster: "d", brokerAddrs: { "0": "h:0", "1": "h:1" } }), brokerData("b")] },
  "a filter server": { filterServerTable: { "h:0": ["f:1"] } },
  "an epoch": { topicQueueMappingByBroker: { a: { ...mapping, epoch: 2n ** 60n } } },
};

for (const [what, change] of Object.entries(CHANGES)) {
  test(`sameRoute() minds ${what}`, () => assertEquals(sameRoute(route, { ...route, ...change }), false));
}
