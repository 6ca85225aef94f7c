import type { BrokerData } from "../../src/model/broker_data.ts";
import type { QueueData } from "../../src/model/queue_data.ts";
import type { TopicRouteData } from "../../src/model/topic_route.ts";

/** Queues of a broker, readable and writable. */
export function queueData(brokerName: string, change: Partial<QueueData> = {}): QueueData {
  return { brokerName, readQueueNums: 8, writeQueueNums: 4, perm: 6, topicSysFlag: 0, ...change };
}

/** A master alone. */
export function brokerData(brokerName: string, change: Partial<BrokerData> = {}): BrokerData {
  return { cluster: "c", brokerName, brokerAddrs: { "0": "10.0.0.1:10911" }, enableActingMaster: false, ...change };
}

/** A route without brokers. */
export function routeData(change: Partial<TopicRouteData> = {}): TopicRouteData {
  return { queueDatas: [], brokerDatas: [], filterServerTable: {}, ...change };
}
