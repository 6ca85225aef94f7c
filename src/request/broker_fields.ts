import type { BrokerIdentity, BrokerName } from "../model/broker_identity.ts";
import { requireLong, requireName, requireObject } from "../model/shape.ts";

/** The arguments that name a broker: `clusterName`, `brokerName`. @throws {TypeError} If one is empty. */
export function brokerNameFields(broker: BrokerName): Readonly<Record<string, string>> {
  requireObject("broker", broker);
  return { clusterName: requireName("cluster", broker.cluster), brokerName: requireName("brokerName", broker.brokerName) };
}

/**
 * The arguments that name one member of a broker, `brokerAddr` and `brokerId` too.
 *
 * @throws {TypeError} If a name is empty.
 * @throws {RangeError} If the id is no Java long.
 */
export function brokerIdentityFields(broker: BrokerIdentity): Readonly<Record<string, string>> {
  return {
    ...brokerNameFields(broker),
    brokerAddr: requireName("brokerAddr", broker.brokerAddr),
    brokerId: `${requireLong("brokerId", broker.brokerId)}`,
  };
}
