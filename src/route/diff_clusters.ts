import type { BrokerData } from "../model/broker_data.ts";
import type { ClusterInfo } from "../model/cluster_info.ts";
import { canonical } from "./canonical.ts";
import { diffNames } from "./diff_names.ts";
import { masterAddress } from "./master_address.ts";

/**
 * What became of the brokers, by their names, each list in order. A broker that came or went is in no list of addresses or masters; one that
 * came may be `down` from the start.
 */
export interface ClusterDiff {
  /** Brokers that the NameServer knows now. */
  readonly brokersAdded: readonly string[];
  /** Brokers that it knows no more. */
  readonly brokersRemoved: readonly string[];
  /** Brokers whose master or slaves have other addresses, came or went. */
  readonly addressesChanged: readonly string[];
  /** Brokers that had a master and have none. */
  readonly mastersLost: readonly string[];
  /** Brokers that had no master and have one. */
  readonly mastersGained: readonly string[];
  /** Brokers of which a master or slave no longer answers, though the NameServer lists it. */
  readonly down: readonly string[];
  /** Brokers of which one answers again. */
  readonly up: readonly string[];
}

/** What asking the brokers themselves has shown. */
export interface ClusterProbes {
  /** Addresses that did not answer before. @default {none} */
  readonly silentBefore?: ReadonlySet<string>;
  /** Addresses that do not answer now. @default {none} */
  readonly silentNow?: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Says how what a NameServer knows of brokers differs from what it knew. Tables that differ in nothing but zones, acting masters or the
 * cluster of a broker give empty lists.
 *
 * @param probes For `down` and `up`, which are empty without.
 * @example A master is gone, and its slave is left
 * ```ts
 * import { diffClusters } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = (brokerAddrs: Record<string, string>) => ({
 *   brokerAddrTable: { a: { cluster: "c", brokerName: "a", brokerAddrs, enableActingMaster: false } },
 *   clusterAddrTable: { c: ["a"] },
 * });
 * const diff = diffClusters(cluster({ "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" }), cluster({ "1": "10.0.0.2:10911" }));
 * assertEquals(diff.mastersLost, ["a"]);
 * assertEquals(diff.addressesChanged, ["a"]);
 * ```
 */
export function diffClusters(previous: ClusterInfo, next: ClusterInfo, probes: ClusterProbes = {}): ClusterDiff {
  const { brokerAddrTable: before } = previous;
  const { brokerAddrTable: after } = next;
  const { silentBefore = NOBODY, silentNow = NOBODY } = probes;
  const { added, removed, kept } = diffNames(Object.keys(before), Object.keys(after));
  const here = [...added, ...kept].sort();
  return {
    brokersAdded: added,
    brokersRemoved: removed,
    addressesChanged: kept.filter((name) => canonical(before[name]?.brokerAddrs) !== canonical(after[name]?.brokerAddrs)),
    mastersLost: kept.filter((name) => hasMaster(before[name]) && !hasMaster(after[name])),
    mastersGained: kept.filter((name) => !hasMaster(before[name]) && hasMaster(after[name])),
    down: here.filter((name) => addressesOf(after[name]).some((address) => silentNow.has(address) && !silentBefore.has(address))),
    up: here.filter((name) => addressesOf(after[name]).some((address) => silentBefore.has(address) && !silentNow.has(address))),
  };
}

function hasMaster(broker: BrokerData | undefined): boolean {
  return broker !== undefined && masterAddress(broker) !== undefined;
}

function addressesOf(broker: BrokerData | undefined): readonly string[] {
  return Object.values(broker?.brokerAddrs ?? {});
}
