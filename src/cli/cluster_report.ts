import type { BrokerData } from "../model/broker_data.ts";
import type { ClusterInfo } from "../model/cluster_info.ts";
import { addressRows } from "./address_rows.ts";
import { brokerNotes } from "./broker_notes.ts";
import { count } from "./count.ts";
import { type Column, formatTable } from "./format_table.ts";
import { naturalOrder } from "./natural_order.ts";
import type { Report } from "./report.ts";

const COLUMNS: readonly Column[] = [{ title: "CLUSTER" }, { title: "BROKER" }, { title: "ROLE" }, { title: "ADDRESS" }, { title: "ZONE" }];

/** A cluster's table as a person reads it. @param server Who told of it. */
export function clusterReport(cluster: ClusterInfo, server: string): Report {
  const members = findMembers(cluster);
  if (members.length === 0) return { summary: `No broker is registered at ${server}`, table: [], notes: [] };
  const clusters = new Set(members.map((member) => member.cluster)).size;
  return {
    summary: `${count(members.length, "broker")} in ${count(clusters, "cluster")} at ${server}`,
    table: formatTable(COLUMNS, members.flatMap(rows)),
    notes: [
      ...members.filter(({ broker }) => broker === undefined).map(describeGhost),
      ...brokerNotes(members.flatMap(({ broker }) => broker ?? []), server),
    ],
  };
}

/** A broker of a cluster; without `broker` where only the cluster's list has its name. */
interface Member {
  readonly cluster: string;
  readonly brokerName: string;
  readonly broker?: BrokerData | undefined;
}

function findMembers({ brokerAddrTable, clusterAddrTable }: ClusterInfo): readonly Member[] {
  const listed: readonly Member[] = Object.entries(clusterAddrTable)
    .flatMap(([cluster, names]) => names.map((brokerName) => ({ cluster, brokerName, broker: brokerAddrTable[brokerName] })));
  const names = new Set(listed.map(({ brokerName }) => brokerName));
  const others: readonly Member[] = Object.entries(brokerAddrTable)
    .filter(([brokerName]) => !names.has(brokerName))
    .map(([brokerName, broker]) => ({ cluster: broker.cluster, brokerName, broker }));
  return [...listed, ...others].sort((a, b) => naturalOrder(a.cluster, b.cluster) || naturalOrder(a.brokerName, b.brokerName));
}

function rows({ cluster, brokerName, broker }: Member): readonly (readonly string[])[] {
  return addressRows(broker?.brokerAddrs ?? {}).map(({ role, address }) => [cluster, brokerName, role, address, broker?.zoneName ?? ""]);
}

/** As a first registration that 5.x refuses leaves it behind — namesrv/routeinfo/RouteInfoManager.java */
function describeGhost({ cluster, brokerName }: Member): string {
  return `${brokerName} is listed in cluster ${cluster}, but has not registered`;
}
