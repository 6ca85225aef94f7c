/**
 * The bodies that the benches ask for, made up but in the shape of a real 5.3.3 server's: same keys, same key order, map order shuffled as
 * Java's HashMap shuffles it. The same call gives the same bytes on every machine.
 *
 * @module
 */

/** What the responder serves: one broker, 16 master/slave pairs, 1,000 brokers, and the answer to 106 with 1,000 brokers. */
export type CannedTopic = "small" | "mid" | "large" | "cluster";

/** Every topic, smallest first. */
export const CANNED_TOPICS: readonly CannedTopic[] = ["small", "mid", "large", "cluster"];

/** One body in the two forms that servers write. */
export interface CannedBody {
  /** fastjson's: integer keys bare. */
  readonly fastjson: Uint8Array<ArrayBuffer>;
  /** What `JSON.parse` reads. */
  readonly standard: Uint8Array<ArrayBuffer>;
}

/**
 * Makes the body of a topic.
 *
 * @param topic Which.
 * @param variant Other addresses and another order, for benches that must not see the same bytes twice in a row.
 * @returns The body in both forms, of the same meaning.
 */
export function cannedBody(topic: CannedTopic, variant = 0): CannedBody {
  const standard = JSON.stringify(MODELS[topic](variant));
  // Values hold no `"0":`, so here, and only here, a regular expression may unquote keys.
  const fastjson = standard.replace(/"(\d+)":/g, "$1:");
  const encoder = new TextEncoder();
  return { fastjson: encoder.encode(fastjson), standard: encoder.encode(standard) };
}

const MODELS: Readonly<Record<CannedTopic, (variant: number) => unknown>> = {
  small: (variant) => route(brokers(1, 1, variant)),
  mid: (variant) => route(brokers(16, 2, variant)),
  large: (variant) => route(brokers(1000, 1, variant)),
  cluster: (variant) => cluster(brokers(1000, 1, variant)),
};

interface Broker {
  readonly brokerAddrs: Readonly<Record<string, string>>;
  readonly brokerName: string;
  readonly cluster: string;
  readonly enableActingMaster: boolean;
}

function route(brokerDatas: readonly Broker[]): unknown {
  const queueDatas = brokerDatas.map(({ brokerName }) => ({ brokerName, perm: 6, readQueueNums: 8, topicSysFlag: 0, writeQueueNums: 8 }));
  return { brokerDatas, filterServerTable: {}, queueDatas };
}

function cluster(brokerDatas: readonly Broker[]): unknown {
  return {
    brokerAddrTable: Object.fromEntries(brokerDatas.map((broker) => [broker.brokerName, broker])),
    clusterAddrTable: { DefaultCluster: brokerDatas.map(({ brokerName }) => brokerName) },
  };
}

function brokers(groups: number, replicas: number, variant: number): readonly Broker[] {
  // 389 shares no factor with 1, 16 or 1,000: each index comes once, in an order that looks like none.
  return Array.from({ length: groups }, (_, i) => broker((i * 389 + variant * 7) % groups, replicas, variant));
}

function broker(index: number, replicas: number, variant: number): Broker {
  const host = `10.${variant}.${index >> 8}.${index & 255}`;
  return {
    brokerAddrs: Object.fromEntries(Array.from({ length: replicas }, (_, id) => [id, `${host}:${10911 + id * 100}`])),
    brokerName: `broker-${String(index).padStart(4, "0")}`,
    cluster: "DefaultCluster",
    enableActingMaster: false,
  };
}
