import { assertEquals, assertThrows } from "@std/assert";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { subscribeQueues } from "../../src/route/subscribe_queues.ts";
import { test } from "../harness.ts";
import { queueData, routeData } from "../cli/routes.ts";

const names = (route: TopicRouteData) => subscribeQueues("t", route).map(({ brokerName, queueId }) => `${brokerName}/${queueId}`);

test("subscribeQueues() lists each queue once, by broker and queue id, also where a broker comes twice", () => {
  const queueDatas = [2, 1, 3].map((readQueueNums) => queueData("b", { readQueueNums }));
  assertEquals(names(routeData({ queueDatas: [...queueDatas, queueData("a", { readQueueNums: 1 }), queueData("b", { perm: 2 })] })), [
    "a/0",
    "b/0",
    "b/1",
    "b/2",
  ]);
});

test("subscribeQueues() goes by the static topic's mapping, whatever the order configuration says", () => {
  const topicQueueMappingByBroker = { a: { bname: "a", totalQueues: 1, epoch: 1, currIdMap: {}, scope: "s" } };
  for (const orderTopicConf of ["", "a:4"]) {
    assertEquals(names(routeData({ orderTopicConf, queueDatas: [queueData("a")], topicQueueMappingByBroker })), ["__syslo__s/0"]);
  }
  assertEquals(names(routeData({ orderTopicConf: "a:4", queueDatas: [queueData("a", { readQueueNums: 1 })] })), ["a/0"]);
});

test("fault 40: subscribeQueues() refuses more than 65,536 queues of a broker before it makes any", () => {
  const route = (readQueueNums: number) => routeData({ queueDatas: [queueData("a", { readQueueNums })] });
  assertEquals(names(route(65_536)).length, 65_536);
  assertThrows(() => names(route(65_537)), RangeError, '65537 queues of broker "a" exceed 65536');
  assertThrows(() => names(route(2 ** 31 - 1)), RangeError);
});
