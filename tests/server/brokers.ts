import type { BrokerRegistration } from "../../src/model/broker_registration.ts";
import type { TopicConfig } from "../../src/model/topic_config.ts";

/** A topic with four queues. */
export function topicConfig(topicName: string, change: Partial<TopicConfig> = {}): TopicConfig {
  return {
    topicName,
    readQueueNums: 4,
    writeQueueNums: 4,
    perm: 6,
    topicFilterType: "SINGLE_TAG",
    topicSysFlag: 0,
    order: false,
    ...change,
  };
}

/** Master of broker "a" with topics "orders" and "bills". */
export function brokerA(change: Partial<BrokerRegistration> = {}): BrokerRegistration {
  return {
    cluster: "c",
    brokerName: "a",
    brokerId: 0,
    brokerAddr: "10.0.0.1:10911",
    haServerAddr: "10.0.0.1:10912",
    topics: { orders: topicConfig("orders"), bills: topicConfig("bills") },
    version: { stateVersion: 1, timestamp: 1_700_000_000_000, counter: 1 },
    ...change,
  };
}
