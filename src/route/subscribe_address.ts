import type { BrokerData } from "../model/broker_data.ts";
import { MASTER_ID } from "./master_address.ts";

/** One address of a broker, and whose it is. */
export interface BrokerAddress {
  /** `host:port` */
  readonly address: string;
  /** The broker id, in decimal. */
  readonly brokerId: string;
  /** Whether it is the master's. */
  readonly isMaster: boolean;
}

/**
 * Where to read from, as the Java client chooses: the address of `brokerId`; else, for a slave, that of the next id, even with `only`; else,
 * unless `only`, the first address that the broker has — client/impl/factory/MQClientInstance.java, findBrokerAddressInSubscribe
 *
 * @param brokerId From 0 on; beyond 2^53 − 1 as a bigint.
 */
export function subscribeAddress(broker: BrokerData, brokerId: number | bigint, only: boolean = false): BrokerAddress | undefined {
  const asked = BigInt(brokerId);
  const found = addressOf(broker, `${asked}`);
  if (found !== undefined) return found;
  const next = asked === 0n ? undefined : addressOf(broker, `${asked + 1n}`);
  if (next !== undefined || only) return next;
  const [first] = Object.keys(broker.brokerAddrs);
  return first === undefined ? undefined : addressOf(broker, first);
}

function addressOf({ brokerAddrs }: BrokerData, brokerId: string): BrokerAddress | undefined {
  // Tables that a caller made may have a prototype
  const address = Object.hasOwn(brokerAddrs, brokerId) ? brokerAddrs[brokerId] : undefined;
  return address === undefined ? undefined : { address, brokerId, isMaster: brokerId === MASTER_ID };
}
