import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import type { MessageQueue } from "./message_queue.ts";
import { QueueList } from "./queue_list.ts";

/** A logical queue of a static topic, and the broker that holds it. */
export interface StaticQueue extends MessageQueue {
  /** Name of the broker that messages go to; `"__syslo__none__"` where no broker says that it holds the queue. */
  readonly hostedBy: string;
}

// common/MixAll.java: LOGICAL_QUEUE_MOCK_BROKER_PREFIX, METADATA_SCOPE_GLOBAL, LOGICAL_QUEUE_MOCK_BROKER_NAME_NOT_EXIST
const MOCK_PREFIX = "__syslo__";
const GLOBAL_SCOPE = "__global__";
const NO_BROKER = "__syslo__none__";

/** Whether the route is that of a static topic (5.x), whose queues are mapped to those of brokers. */
export function isStatic({ topicQueueMappingByBroker: mappings }: TopicRouteData): boolean {
  return mappings !== undefined && mappings !== null && Object.keys(mappings).length > 0;
}

/**
 * The logical queues of a static topic: of each scope as many as the mappings say at most; where two brokers claim one, the mapping of the
 * higher epoch counts — remoting/rpc/ClientMetadata.java, topicRouteData2EndpointsForStaticTopic
 *
 * @returns By queue id, then by name; none for a topic that is not static.
 * @throws {RangeError} If a scope has more than 65,536 queues.
 * @example A queue that has moved to another broker
 * ```ts
 * import { staticQueues } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const mapping = { totalQueues: 1, currIdMap: { "0": 0 } };
 * const topicQueueMappingByBroker = { a: { ...mapping, bname: "a", epoch: 1 }, b: { ...mapping, bname: "b", epoch: 2 } };
 * const route = { queueDatas: [], brokerDatas: [], filterServerTable: {}, topicQueueMappingByBroker };
 * assertEquals(staticQueues("orders", route), [{ topic: "orders", brokerName: "__syslo__global__", queueId: 0, hostedBy: "b" }]);
 * ```
 */
export function staticQueues(topic: string, route: TopicRouteData): readonly StaticQueue[] {
  const list = new QueueList(topic);
  const holders = new Map<string, ReadonlyMap<string, string>>();
  for (const [scope, mappings] of byScope(route)) {
    const brokerName = mockBrokerName(scope);
    list.add(brokerName, mappings.reduce((most, { totalQueues }) => Math.max(most, totalQueues), 0));
    holders.set(brokerName, newestHolders(mappings));
  }
  return list.queues
    .map((queue) => ({ ...queue, hostedBy: holders.get(queue.brokerName)?.get(`${queue.queueId}`) ?? NO_BROKER }))
    .sort((a, b) => a.queueId - b.queueId || (a.brokerName < b.brokerName ? -1 : 1));
}

/** A mapping that names no scope is of the global one, as in Java's class; one whose scope is null is of none. */
function byScope({ topicQueueMappingByBroker = {} }: TopicRouteData): ReadonlyMap<string, readonly TopicQueueMappingInfo[]> {
  const scopes = new Map<string, TopicQueueMappingInfo[]>();
  for (const mapping of Object.values(topicQueueMappingByBroker)) {
    const { scope = GLOBAL_SCOPE } = mapping;
    if (scope === null) continue;
    const others = scopes.get(scope);
    if (others === undefined) scopes.set(scope, [mapping]);
    else others.push(mapping);
  }
  return scopes;
}

/** `"__global__"` loses its first two characters, so that the name is `"__syslo__global__"`. */
function mockBrokerName(scope: string): string {
  return MOCK_PREFIX + (scope === GLOBAL_SCOPE ? scope.slice(2) : scope);
}

/** The broker that holds each logical queue, by the queue's id. */
function newestHolders(mappings: readonly TopicQueueMappingInfo[]): ReadonlyMap<string, string> {
  const newestLast = [...mappings].sort((a, b) => a.epoch < b.epoch ? -1 : a.epoch > b.epoch ? 1 : 0);
  const holders = new Map<string, string>();
  for (const { currIdMap, bname } of newestLast) {
    for (const logical of Object.keys(currIdMap ?? {})) holders.set(logical, bname);
  }
  return holders;
}
