import { inHashOrder } from "./java_hash_order.ts";
import type { JavaString } from "./java_null.ts";
import type { QueueRecord, RouteTables } from "./route_tables.ts";

const UNIT = 1;
const UNIT_SUBSCRIBED = 2;

/** All topics. */
export function allTopics(tables: RouteTables): readonly JavaString[] {
  return [...new Set([...tables.topics.keys(), ...tables.fixedRoutes.keys()])];
}

/** Topics that a broker of the cluster has; none where the cluster is unknown, which Java takes for an error that it logs. */
export function topicsOfCluster(tables: RouteTables, cluster: JavaString): readonly JavaString[] {
  const names = [...tables.clusters.get(cluster) ?? []];
  return [...tables.topics].flatMap(([topic, queues]) => names.some((name) => queues.has(name)) ? [topic] : []);
}

/** Names of clusters and brokers, which are topics, too, and an address. */
export interface SystemTopics {
  readonly topics: readonly JavaString[];
  readonly brokerAddr: JavaString;
}

/** Names of clusters and brokers, and the address of the broker that Java comes upon first. A null name ends the list of 5.x. */
export function systemTopics(tables: RouteTables, isV5: boolean): SystemTopics {
  const names = tables.clustersInOrder.flatMap(([cluster, brokers]) => [cluster, ...inHashOrder(brokers)]);
  const nullAt = isV5 ? names.indexOf(null) : -1;
  if (nullAt >= 0) return { topics: [...new Set(names.slice(0, nullAt))], brokerAddr: null };
  const addrs = tables.brokersInOrder.map((broker) => broker.brokerAddrs).find(({ size }) => size > 0) ?? new Map();
  const [firstId] = inHashOrder(addrs.keys());
  return { topics: [...new Set(names)], brokerAddr: addrs.get(firstId!) ?? null };
}

/** Which of the topics whose `topicSysFlag` says something to list. */
export type UnitList = "unit" | "unit-subscribed" | "unit-subscribed-non-unit";

/** Topics by their `topicSysFlag`, which is that of the broker that Java comes upon first. */
export function unitTopics(tables: RouteTables, list: UnitList): readonly JavaString[] {
  return [...tables.topics].flatMap(([topic, queues]) => {
    const [first = null] = inHashOrder(queues.keys());
    const queue = queues.get(first);
    return queue !== undefined && isInList(queue, list) ? [topic] : [];
  });
}

function isInList({ topicSysFlag }: QueueRecord, list: UnitList): boolean {
  const isUnit = (topicSysFlag & UNIT) !== 0;
  const isSubscribed = (topicSysFlag & UNIT_SUBSCRIBED) !== 0;
  if (list === "unit") return isUnit;
  return isSubscribed && !(isUnit && list === "unit-subscribed-non-unit");
}
