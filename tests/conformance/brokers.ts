import type { BrokerRegistration } from "../../src/model/broker_registration.ts";
import type { DataVersion } from "../../src/model/data_version.ts";
import type { TopicConfig } from "../../src/model/topic_config.ts";

/** A master in cluster "c", with topics `NAME-1` and `NAME-2`. Nobody dials its address. */
export function master(brokerName: string, change: Partial<BrokerRegistration> = {}): BrokerRegistration {
  return {
    cluster: "c",
    brokerName,
    brokerId: 0,
    brokerAddr: `${brokerName}-0:10911`,
    haServerAddr: `${brokerName}-0:10912`,
    topics: topics(`${brokerName}-1`, `${brokerName}-2`),
    version: version(1),
    ...change,
  };
}

/** A slave of such a master. */
export function slave(brokerName: string, brokerId: number | bigint, change: Partial<BrokerRegistration> = {}): BrokerRegistration {
  const addresses = { brokerAddr: `${brokerName}-${brokerId}:10911`, haServerAddr: `${brokerName}-${brokerId}:10912` };
  return master(brokerName, { brokerId, ...addresses, ...change });
}

/** An edition of a broker's topics. */
export function version(counter: number | bigint, change: Partial<DataVersion> = {}): DataVersion {
  return { stateVersion: 0, timestamp: 1_700_000_000_000, counter, ...change };
}

/** Topics of four queues to read and write. */
export function topics(...names: readonly string[]): Readonly<Record<string, TopicConfig>> {
  return Object.fromEntries(names.map((name) => [name, topic(name)]));
}

/** A topic of four queues to read and write, but for what differs. */
export function topic(topicName: string, change: Partial<TopicConfig> = {}): TopicConfig {
  const usual = { readQueueNums: 4, writeQueueNums: 4, perm: 6, topicFilterType: "SINGLE_TAG", topicSysFlag: 0, order: false } as const;
  return { topicName, ...usual, ...change };
}

/** Topics that differ, as a registration has them. */
export function topicsOf(...configs: readonly TopicConfig[]): Readonly<Record<string, TopicConfig>> {
  return Object.fromEntries(configs.map((config) => [config.topicName, config]));
}
