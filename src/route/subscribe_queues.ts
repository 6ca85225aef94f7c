import type { QueueData } from "../model/queue_data.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { byBrokerName } from "./by_broker_name.ts";
import type { MessageQueue } from "./message_queue.ts";
import { isReadable } from "./permission.ts";
import { QueueList } from "./queue_list.ts";
import { isStatic, staticQueues } from "./static_queues.ts";

/**
 * The queues that messages of a topic are read from, as the Java client computes them: those of the static topic; else the read queues of
 * every broker that may be read, registered or not. The order configuration is for those who send
 * — client/impl/factory/MQClientInstance.java, topicRouteData2TopicSubscribeInfo
 *
 * @returns Each once, by broker and queue id; by queue id for a static topic. Java gives a set.
 * @throws {RangeError} If it is more than 65,536 queues of one broker, or 1,048,576 of all.
 * @example Queues of a broker that may be read only
 * ```ts
 * import { subscribeQueues } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const queueDatas = [{ brokerName: "a", readQueueNums: 2, writeQueueNums: 8, perm: 4, topicSysFlag: 0 }];
 * const queues = subscribeQueues("orders", { queueDatas, brokerDatas: [], filterServerTable: {} });
 * assertEquals(queues, [{ topic: "orders", brokerName: "a", queueId: 0 }, { topic: "orders", brokerName: "a", queueId: 1 }]);
 * ```
 */
export function subscribeQueues(topic: string, route: TopicRouteData): readonly MessageQueue[] {
  if (isStatic(route)) return staticQueues(topic, route).map(({ topic, brokerName, queueId }) => ({ topic, brokerName, queueId }));
  const list = new QueueList(topic);
  let last: string | undefined, listed = 0;
  for (const { brokerName, perm, readQueueNums } of byBrokerName<QueueData>(route.queueDatas ?? [])) {
    if (!isReadable(perm)) continue;
    if (brokerName !== last) listed = 0;
    list.add(brokerName, readQueueNums, listed); // what an entry before it has listed is there already
    last = brokerName;
    listed = Math.max(listed, readQueueNums);
  }
  return list.queues;
}
