import type { BrokerData } from "../../model/broker_data.ts";
import type { ConsumerData, HeartbeatData, ProducerData } from "../../model/heartbeat_data.ts";
import { dialableAddress } from "../dialable_address.ts";
import { MASTER_ID } from "../master_address.ts";
import type { RegisteredGroup } from "./registered_group.ts";

/** A group, and the brokers that it is for. */
export interface GroupBrokers {
  readonly group: RegisteredGroup;
  /** Those of the cluster, or of the routes of its topics. */
  readonly brokers: readonly BrokerData[];
}

/**
 * What one client tells which broker address: one heartbeat each, which carries all groups of the client that are for it.
 *
 * Groups that send are for masters (id 0). A client that also receives tells every address of its groups' brokers, its groups that send
 * among the rest, as Java's does — client/impl/factory/MQClientInstance.java
 *
 * @param groups Groups of one client; of those that are the same, the last counts.
 */
export function planHeartbeats(clientId: string, groups: readonly GroupBrokers[]): ReadonlyMap<string, HeartbeatData> {
  const hasConsumer = groups.some(({ group }) => group.consumer !== undefined);
  const plan = new Map<string, Draft>();
  for (const { group, brokers } of groups) {
    for (const address of addressesFor(group, brokers, hasConsumer)) {
      let draft = plan.get(address);
      if (draft === undefined) plan.set(address, draft = { producers: new Map(), consumers: new Map() });
      if (group.consumer === undefined) draft.producers.set(group.group, { groupName: group.group });
      else draft.consumers.set(group.group, group.consumer);
    }
  }
  return new Map([...plan].map(([address, { producers, consumers }]) => [address, {
    clientID: clientId,
    producerDataSet: [...producers.values()],
    consumerDataSet: [...consumers.values()],
  }]));
}

interface Draft {
  readonly producers: Map<string, ProducerData>;
  readonly consumers: Map<string, ConsumerData>;
}

function addressesFor(group: RegisteredGroup, brokers: readonly BrokerData[], everyAddress: boolean): ReadonlySet<string> {
  const addresses = new Set<string>();
  for (const broker of brokers) {
    for (const [id, address] of Object.entries(broker.brokerAddrs)) {
      if (everyAddress || id === MASTER_ID) addresses.add(dialableAddress(group.mapAddress?.(address, broker) ?? address));
    }
  }
  return addresses;
}
