import { inHashOrder } from "./java_hash_order.ts";
import { type JavaString, logged, nonNull } from "./java_null.ts";
import type { AddrKey, BrokerRecord, RouteTables } from "./route_tables.ts";

/** An address that no broker has. */
export const NO_ADDR: AddrKey = "0.0.0.0:0";

/** What 4.9 does when an address is gone with its connection — RouteInfoManager.onChannelDestroy. A null among addresses ends it. */
export function forgetAddr(tables: RouteTables, brokerAddr: AddrKey): void {
  logged(() => forget(tables, brokerAddr), undefined);
}

function forget(tables: RouteTables, brokerAddr: AddrKey): void {
  if (!brokerAddr) return;
  tables.live.delete(brokerAddr);
  tables.filterServers.delete(brokerAddr);
  let brokerName: JavaString = null;
  let isNameGone = false;
  for (const broker of tables.brokersInOrder) {
    if (brokerName !== null) break;
    if (dropAddr(broker, brokerAddr)) brokerName = broker.brokerName;
    if (broker.brokerAddrs.size > 0) continue;
    isNameGone = true;
    tables.brokers.delete(broker.brokerName);
  }
  if (!isNameGone) return;
  if (brokerName !== null) leaveFirstCluster(tables, brokerName);
  for (const [topic, queues] of tables.topics) {
    queues.delete(brokerName);
    if (queues.size === 0) tables.topics.delete(topic);
  }
}

function dropAddr({ brokerAddrs }: BrokerRecord, brokerAddr: AddrKey): boolean {
  for (const id of inHashOrder(brokerAddrs.keys())) {
    if (nonNull(brokerAddrs.get(id)!) === brokerAddr) return brokerAddrs.delete(id);
  }
  return false;
}

/** The first cluster that has the name loses it, whichever it registered with. */
function leaveFirstCluster(tables: RouteTables, brokerName: JavaString): void {
  for (const [cluster, names] of tables.clustersInOrder) {
    if (!names.has(brokerName)) continue;
    tables.clusters.get(cluster)!.delete(brokerName);
    if (names.size === 0) tables.clusters.delete(cluster);
    return;
  }
}
