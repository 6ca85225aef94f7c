import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import type { DataVersionRecord } from "./data_version_record.ts";
import type { Emulation } from "./emulation.ts";
import type { PickedRoute } from "./picked_route.ts";
import type { BrokerRecord, RouteTables } from "./route_tables.ts";
import type { WireValue } from "./wire_json.ts";

/** Body of GET_ROUTEINFO_BY_TOPIC — remoting/protocol/route/TopicRouteData.java. */
export function routeBody(route: PickedRoute, emulation: Emulation): WireValue {
  const { mappings } = route;
  return {
    brokerDatas: route.brokers.map((broker) => brokerBody(broker, emulation)),
    filterServerTable: route.filterServers,
    orderTopicConf: route.orderTopicConf,
    queueDatas: route.queues.map(({ brokerName, perm, readQueueNums, topicSysFlag, writeQueueNums }) => (
      { brokerName, perm, readQueueNums, topicSysFlag, writeQueueNums }
    )),
    topicQueueMappingByBroker: mappings && new Map([...mappings].map(([broker, info]) => [broker, mappingBody(info)])),
  };
}

/** Body of GET_BROKER_CLUSTER_INFO — remoting/protocol/body/ClusterInfo.java. */
export function clusterBody({ brokers, clusters }: RouteTables, emulation: Emulation): WireValue {
  return {
    brokerAddrTable: new Map([...brokers].map(([name, broker]) => [name, brokerBody(broker, emulation)])),
    clusterAddrTable: new Map([...clusters].map(([cluster, names]) => [cluster, [...names]])),
  };
}

/** A DataVersion; 4.9 knows no stateVersion. */
export function dataVersionBody({ stateVersion, timestamp, counter }: DataVersionRecord, { isV5 }: Emulation): WireValue {
  return isV5 ? { counter, stateVersion, timestamp } : { counter, timestamp };
}

function brokerBody({ brokerAddrs, brokerName, cluster, enableActingMaster, zoneName }: BrokerRecord, { isV5 }: Emulation): WireValue {
  return isV5 ? { brokerAddrs, brokerName, cluster, enableActingMaster, zoneName } : { brokerAddrs, brokerName, cluster };
}

function mappingBody(info: TopicQueueMappingInfo): WireValue {
  const currIdMap = new Map(Object.entries(info.currIdMap).map(([logical, physical]) => [BigInt(logical), physical]));
  const { bname, dirty = false, epoch, scope = "__global__", topic, totalQueues } = info;
  return { bname, currIdMap, dirty, epoch: BigInt(epoch), scope, topic, totalQueues };
}
