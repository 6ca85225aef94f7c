import type { BrokerData } from "../model/broker_data.ts";
import type { ClusterInfo } from "../model/cluster_info.ts";
import { type MapAddress, mapBroker } from "./cache/map_addresses.ts";

/** A cluster whose brokers have the addresses that `map` gives; the table stays without prototype. */
export function mapCluster(cluster: ClusterInfo, map: MapAddress | undefined): ClusterInfo {
  if (map === undefined) return cluster;
  const brokerAddrTable: Record<string, BrokerData> = Object.create(null);
  for (const [name, broker] of Object.entries(cluster.brokerAddrTable)) brokerAddrTable[name] = mapBroker(broker, map);
  return { ...cluster, brokerAddrTable };
}
