import type { TopicRouteData } from "../model/topic_route.ts";
import { canonical } from "./canonical.ts";
import { diffNames } from "./diff_names.ts";
import { parseOrderConf } from "./order_conf.ts";

/** What became of a route, by names of brokers, each list in their order. A broker that came or went is in no other list. */
export interface RouteDiff {
  /** Brokers that serve the topic now. */
  readonly brokersAdded: readonly string[];
  /** Brokers that serve it no more. */
  readonly brokersRemoved: readonly string[];
  /** Brokers whose master or slaves have other addresses, came or went. */
  readonly addressesChanged: readonly string[];
  /** Brokers with another number of queues, permission or flag, another mapping of a static topic, or another part in the order configuration. */
  readonly queuesChanged: readonly string[];
}

/**
 * Says how two routes of a topic differ. Routes that differ in nothing but zones, clusters, acting masters or filter servers give empty lists,
 * though they are not the same to `sameRoute`.
 *
 * @example A broker joins, another may no longer be written to
 * ```ts
 * import { diffRoutes } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const broker = (brokerName: string) => ({ cluster: "c", brokerName, brokerAddrs: { "0": "10.0.0.1:10911" }, enableActingMaster: false });
 * const queues = (brokerName: string, perm: number) => ({ brokerName, readQueueNums: 4, writeQueueNums: 4, perm, topicSysFlag: 0 });
 * const before = { brokerDatas: [broker("a")], queueDatas: [queues("a", 6)], filterServerTable: {} };
 * const after = { ...before, brokerDatas: [broker("a"), broker("b")], queueDatas: [queues("a", 4), queues("b", 6)] };
 * const diff = diffRoutes(before, after);
 * assertEquals(diff, { brokersAdded: ["b"], brokersRemoved: [], addressesChanged: [], queuesChanged: ["a"] });
 * ```
 */
export function diffRoutes(previous: TopicRouteData, next: TopicRouteData): RouteDiff {
  const before = { addresses: addressesByBroker(previous), queues: queuesByBroker(previous) };
  const after = { addresses: addressesByBroker(next), queues: queuesByBroker(next) };
  const { added, removed, kept } = diffNames(before.addresses.keys(), after.addresses.keys());
  const moved = new Set([...added, ...removed]);
  const queues = diffNames(before.queues.keys(), after.queues.keys());
  const requeued = [
    ...queues.added,
    ...queues.removed,
    ...queues.kept.filter((name) => before.queues.get(name) !== after.queues.get(name)),
  ];
  return {
    brokersAdded: added,
    brokersRemoved: removed,
    addressesChanged: kept.filter((name) => before.addresses.get(name) !== after.addresses.get(name)),
    queuesChanged: requeued.filter((name) => !moved.has(name)).sort(),
  };
}

/** Addresses in a form that compares, by broker. */
function addressesByBroker({ brokerDatas }: TopicRouteData): ReadonlyMap<string, string> {
  return textByName(brokerDatas.map(({ brokerName, brokerAddrs }) => [brokerName, brokerAddrs]));
}

/** Queues likewise, with the static mapping and the part in the order configuration. */
function queuesByBroker(
  { queueDatas, orderTopicConf, topicQueueMappingByBroker: mappings = {} }: TopicRouteData,
): ReadonlyMap<string, string> {
  const segments = orderTopicConf ? parseOrderConf(orderTopicConf) : undefined;
  const ordered = (name: string) => segments?.filter(({ brokerName }) => brokerName === name);
  return textByName([
    ...queueDatas.map((queues) => [queues.brokerName, [queues, ordered(queues.brokerName)]] as const),
    ...Object.entries(mappings),
  ]);
}

/** Servers name a broker once in a list; should one be there twice, both count. */
function textByName(entries: readonly (readonly [string, unknown])[]): ReadonlyMap<string, string> {
  const values = new Map<string, unknown[]>();
  for (const [name, value] of entries) values.set(name, [...values.get(name) ?? [], value]);
  return new Map([...values].map(([name, list]) => [name, canonical(list)]));
}
