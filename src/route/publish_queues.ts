import type { BrokerData } from "../model/broker_data.ts";
import type { QueueData } from "../model/queue_data.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { byBrokerName } from "./by_broker_name.ts";
import { masterAddress } from "./master_address.ts";
import type { MessageQueue } from "./message_queue.ts";
import { parseOrderConf } from "./order_conf.ts";
import { isWritable } from "./permission.ts";
import { QueueList } from "./queue_list.ts";
import { isStatic, staticQueues } from "./static_queues.ts";

/**
 * The queues that messages of a topic are sent to, as the Java client computes them: those of the order configuration, whatever else the
 * route says; else, without even an empty configuration, those of the static topic; else the write queues of every broker that may be
 * written to and has a master — client/impl/factory/MQClientInstance.java, topicRouteData2TopicPublishInfo
 *
 * @param onSkipped Told each segment of the order configuration that makes no sense and was skipped.
 * @returns In the order of the configuration, by queue id for a static topic, else by broker and queue id.
 * @throws {RangeError} If it is more than 65,536 queues of one broker, or 1,048,576 of all.
 * @example Two queues, and a configuration that orders one
 * ```ts
 * import { publishQueues } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const route = {
 *   queueDatas: [{ brokerName: "a", readQueueNums: 4, writeQueueNums: 2, perm: 6, topicSysFlag: 0 }],
 *   brokerDatas: [{ cluster: "c", brokerName: "a", brokerAddrs: { "0": "10.0.0.1:10911" }, enableActingMaster: false }],
 *   filterServerTable: {},
 * };
 * assertEquals(publishQueues("orders", route).map((queue) => queue.queueId), [0, 1]);
 * assertEquals(publishQueues("orders", { ...route, orderTopicConf: "a:1" }).map((queue) => queue.queueId), [0]);
 * ```
 */
export function publishQueues(topic: string, route: TopicRouteData, onSkipped?: (segment: string) => void): readonly MessageQueue[] {
  const conf = route.orderTopicConf ?? undefined;
  if (conf) return orderedQueues(topic, conf, onSkipped);
  if (conf === undefined && isStatic(route)) {
    return staticQueues(topic, route).map(({ topic, brokerName, queueId }) => ({ topic, brokerName, queueId }));
  }
  return brokerQueues(topic, route);
}

function orderedQueues(topic: string, conf: string, onSkipped?: (segment: string) => void): readonly MessageQueue[] {
  const list = new QueueList(topic);
  for (const { brokerName, queues } of parseOrderConf(conf, onSkipped)) list.add(brokerName, queues);
  return list.queues;
}

function brokerQueues(topic: string, { queueDatas = [], brokerDatas = [] }: TopicRouteData): readonly MessageQueue[] {
  const list = new QueueList(topic);
  const brokers = firstByName(brokerDatas);
  for (const { brokerName, perm, writeQueueNums } of byBrokerName<QueueData>(queueDatas)) {
    const broker = brokers.get(brokerName);
    if (isWritable(perm) && broker !== undefined && masterAddress(broker) !== undefined) list.add(brokerName, writeQueueNums);
  }
  return list.queues;
}

function firstByName(brokers: readonly BrokerData[]): ReadonlyMap<string, BrokerData> {
  const byName = new Map<string, BrokerData>();
  for (const broker of brokers) if (!byName.has(broker.brokerName)) byName.set(broker.brokerName, broker);
  return byName;
}
