import type { BrokerData } from "../../model/broker_data.ts";
import type { ClusterInfo } from "../../model/cluster_info.ts";

/** A master or a slave. */
export interface BrokerMember {
  /** The cluster it belongs to. */
  readonly cluster: string;
  /** The name that master and slaves share. */
  readonly brokerName: string;
  /** Its id in decimal, `"0"` the master. */
  readonly brokerId: string;
  /** As the NameServer lists it. */
  readonly address: string;
  /** What it is among those of its name. */
  readonly role: "master" | "slave";
}

/** The id of a master — common/MixAll.java */
const MASTER_ID = "0";

/** Every master and slave, in the order of cluster, name and id: servers list them in no order. */
export function brokerMembers({ brokerAddrTable }: ClusterInfo): readonly BrokerMember[] {
  return Object.values(brokerAddrTable).flatMap(membersOf).sort(inOrder);
}

function membersOf({ cluster, brokerName, brokerAddrs }: BrokerData): readonly BrokerMember[] {
  return Object.entries(brokerAddrs).map(([brokerId, address]) => (
    { cluster, brokerName, brokerId, address, role: brokerId === MASTER_ID ? "master" : "slave" }
  ));
}

function inOrder(a: BrokerMember, b: BrokerMember): number {
  return compare(a.cluster, b.cluster) || compare(a.brokerName, b.brokerName) || Number(a.brokerId) - Number(b.brokerId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
