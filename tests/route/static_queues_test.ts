import { assertEquals } from "@std/assert";
import type { TopicQueueMappingInfo } from "../../src/model/topic_queue_mapping_info.ts";
import { staticQueues } from "../../src/route/static_queues.ts";
import { test } from "../harness.ts";
import { routeData } from "../cli/routes.ts";

function mapping(bname: string, change: Partial<TopicQueueMappingInfo> = {}): TopicQueueMappingInfo {
  return { bname, totalQueues: 2, epoch: 1, currIdMap: {}, scope: "s", ...change };
}

function hosts(...mappings: readonly TopicQueueMappingInfo[]): readonly string[] {
  const topicQueueMappingByBroker = Object.fromEntries(mappings.map((one, i) => [`${i}`, one]));
  const queues = staticQueues("t", routeData({ topicQueueMappingByBroker }));
  return queues.map(({ brokerName, queueId, hostedBy }) => `${brokerName}/${queueId} ${hostedBy}`);
}

test("staticQueues() gives a queue that several brokers claim to the one of the highest epoch, numbers and bigints alike", () => {
  const currIdMap = { "0": 0 };
  for (const [low, high] of [[1, 2], [5, 2 ** 31 + 6], [1, 2n ** 60n], [2n ** 60n, 2n ** 60n + 1n]] as const) {
    const a = mapping("a", { epoch: high, totalQueues: 1, currIdMap }), b = mapping("b", { epoch: low, totalQueues: 1, currIdMap });
    assertEquals([hosts(a, b), hosts(b, a)], [["__syslo__s/0 a"], ["__syslo__s/0 a"]]);
  }
});

test("staticQueues() lists as many queues as any broker says there are, and names no broker for one that nobody holds", () => {
  assertEquals(hosts(mapping("a", { totalQueues: 3, currIdMap: { "0": 7, "2": 8, "5": 9 } }), mapping("b", { totalQueues: 1, epoch: 9 })), [
    "__syslo__s/0 a",
    "__syslo__s/1 __syslo__none__",
    "__syslo__s/2 a",
  ]);
});

test("staticQueues() keeps scopes apart; a mapping without one is of the global one, one whose scope is null is of none", () => {
  const { scope: _, ...global } = mapping("a", { totalQueues: 1 });
  const none = mapping("c", { scope: null as never, totalQueues: 9 });
  assertEquals(hosts(mapping("b", { totalQueues: 1, scope: "u" }), global, none), [
    "__syslo__global__/0 __syslo__none__",
    "__syslo__u/0 __syslo__none__",
  ]);
});

test("staticQueues() of a topic that is not static is empty", () => {
  assertEquals(staticQueues("t", routeData()), []);
});
