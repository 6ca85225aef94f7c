import { requireList, requireObject } from "../model/shape.ts";
import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import type { JavaString } from "./java_null.ts";
import type { BrokerRecord, QueueRecord } from "./route_tables.ts";

/** A route as it is about to be written. */
export interface PickedRoute {
  readonly brokers: readonly BrokerRecord[];
  readonly queues: readonly QueueRecord[];
  readonly filterServers: ReadonlyMap<JavaString, readonly JavaString[]>;
  readonly mappings: ReadonlyMap<string, TopicQueueMappingInfo> | undefined;
  readonly orderTopicConf: JavaString;
}

/** A route made in the program. @throws {TypeError} If a field is missing, or a broker's id is no integer. */
export function routeFromModel(route: TopicRouteData): PickedRoute {
  const { queueDatas, brokerDatas, filterServerTable, topicQueueMappingByBroker, orderTopicConf } = requireObject("route", route);
  requireObject("filterServerTable", filterServerTable);
  return {
    brokers: requireList("brokerDatas", brokerDatas).map((broker) => ({
      cluster: broker.cluster,
      brokerName: broker.brokerName,
      brokerAddrs: new Map(Object.entries(requireObject("brokerAddrs", broker.brokerAddrs)).map(([id, addr]) => [brokerId(id), addr])),
      enableActingMaster: broker.enableActingMaster,
      zoneName: broker.zoneName ?? null,
    })),
    queues: requireList("queueDatas", queueDatas).map((queue) => ({ ...queue })),
    filterServers: new Map(Object.entries(filterServerTable)),
    mappings: topicQueueMappingByBroker && new Map(Object.entries(topicQueueMappingByBroker)),
    orderTopicConf: orderTopicConf ?? null,
  };
}

function brokerId(text: string): bigint {
  if (/^-?\d+$/.test(text)) return BigInt(text);
  throw new TypeError(`Cannot set route: broker id "${text}" is no integer`);
}
