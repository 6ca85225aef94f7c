import type { BrokerData } from "../model/broker_data.ts";
import { MASTER_ID } from "./address_rows.ts";
import { reach } from "./reach.ts";

/** What an operator should know about brokers and can't see in a table at a glance: one line each. @param server Who told of them. */
export function brokerNotes(brokers: readonly BrokerData[], server: string): readonly string[] {
  const isLocal = reach(server) === "loopback";
  return [
    ...brokers.flatMap((broker) => [...missing(broker), ...unreachable(broker, isLocal)]),
    ...sharedAddresses(brokers),
  ];
}

function missing({ brokerName, brokerAddrs, enableActingMaster }: BrokerData): readonly string[] {
  if (Object.keys(brokerAddrs).length === 0) return [`${brokerName} has no address`];
  if (brokerAddrs[MASTER_ID] !== undefined) return [];
  return [`${brokerName} has no master and takes no messages${enableActingMaster ? "; a slave may act as master" : ""}`];
}

/** A loopback address is fine for whoever asks a NameServer on his own host. */
function unreachable({ brokerName, brokerAddrs }: BrokerData, isLocal: boolean): readonly string[] {
  return Object.values(brokerAddrs).flatMap((address) => {
    const advertises = `${brokerName} advertises ${address}`;
    switch (reach(address)) {
      case "unspecified":
        return [`${advertises}, an unspecified address: set its brokerIP1`];
      case "loopback":
        return isLocal ? [] : [`${advertises}, a loopback address: set its brokerIP1`];
      default:
        return [];
    }
  });
}

/** A broker that was renamed leaves its former name behind, with the same address. */
function sharedAddresses(brokers: readonly BrokerData[]): readonly string[] {
  const owners = new Map<string, Set<string>>();
  for (const { brokerName, brokerAddrs } of brokers) {
    for (const address of Object.values(brokerAddrs)) owners.set(address, (owners.get(address) ?? new Set()).add(brokerName));
  }
  return [...owners].filter(([, names]) => names.size > 1)
    .map(([address, names]) => `${[...names].join(" and ")} share the address ${address}: was one of them renamed?`);
}
