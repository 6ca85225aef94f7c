import { assertEquals } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { test } from "../harness.ts";
import { cells, namesrv } from "./namesrv.ts";
import { brokerData, queueData, routeData } from "./routes.ts";

/** What the command makes of a route. */
async function queues(route: TopicRouteData, ...args: readonly string[]) {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("orders", route);
  const { address } = await server.listen();
  return { ...await namesrv("queues", "orders", "-n", address, ...args), address };
}

test("namesrv queues shows what clients publish to and subscribe to, a line a broker", async () => {
  const { status, output, address } = await queues(routeData({
    brokerDatas: [brokerData("a"), brokerData("slave-only", { brokerAddrs: { "1": "10.0.0.2:10911" } })],
    queueDatas: [queueData("a"), queueData("slave-only"), queueData("b-10", { readQueueNums: 1 }), queueData("b-2", { perm: 0 })],
  }));
  assertEquals(status, 0);
  assertEquals(cells(output), [
    [`orders at ${address}: 4 queues to publish to, 17 to subscribe to`],
    [""],
    ["BROKER", "PUBLISH", "SUBSCRIBE", "MASTER"],
    ["a", "0-3", "0-7", "10.0.0.1:10911"],
    ["b-10", "-", "0", "-"],
    ["slave-only", "-", "0-7", "-"],
  ]);
});

test("namesrv queues shows who holds the queues of a static topic", async () => {
  const mapping = { totalQueues: 4, epoch: 1, scope: "__global__" };
  const { output } = await queues(routeData({
    topicQueueMappingByBroker: {
      a: { ...mapping, bname: "a", currIdMap: { "0": 0, "1": 1 } },
      b: { ...mapping, bname: "b", currIdMap: { "2": 0 } },
    },
  }));
  assertEquals(cells(output).at(-1), ["__syslo__global__", "0-3", "0-3", "-", "a: 0-1; b: 2; __syslo__none__: 3"]);
});

test("namesrv queues notes what it skips of an order configuration", async () => {
  const { output, address } = await queues(routeData({ orderTopicConf: "a:1;b:x" }));
  assertEquals(cells(output), [
    [`orders at ${address}: 1 queue to publish to, 0 to subscribe to`],
    [""],
    ["BROKER", "PUBLISH", "SUBSCRIBE", "MASTER"],
    ["a", "0", "-", "-"],
    [""],
    ['! Skipped in the order configuration, it makes no sense: "b:x"'],
  ]);
});

test("namesrv queues --json prints both lists, as the library gives them", async () => {
  const route = routeData({ orderTopicConf: "a:2;b", queueDatas: [queueData("a", { readQueueNums: 1 })] });
  const { status, output } = await queues(route, "--json");
  assertEquals([status, JSON.parse(output)], [0, {
    topic: "orders",
    publish: [{ brokerName: "a", queueId: 0 }, { brokerName: "a", queueId: 1 }],
    subscribe: [{ brokerName: "a", queueId: 0 }],
    skippedOrderSegments: ["b"],
  }]);
});

test("namesrv queues ends with 3 where there is no such topic, and with 1 where a server says more queues than can be", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const { status, errors } = await namesrv("queues", "orders", "-n", address);
  assertEquals([status, errors], [3, `namesrv: Cannot find route of topic "orders" at "${address}": the server knows no such topic\n`]);
  const absurd = await queues(routeData({ queueDatas: [queueData("a", { readQueueNums: 2 ** 31 - 1 })] }));
  assertEquals([absurd.status, absurd.errors], [
    1,
    `namesrv: Cannot list queues of topic "orders": 2147483647 queues of broker "a" exceed 65536 (from "${absurd.address}")\n`,
  ]);
});
