import type { BrokerData } from "../model/broker_data.ts";

/** The broker id of masters — common/MixAll.java */
export const MASTER_ID = "0";

/**
 * The address of a broker's master, where messages are sent to; `undefined` where it has none.
 *
 * @example A broker and a slave
 * ```ts
 * import { masterAddress } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const broker = { cluster: "c", brokerName: "a", enableActingMaster: false };
 * assertEquals(masterAddress({ ...broker, brokerAddrs: { "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" } }), "10.0.0.1:10911");
 * assertEquals(masterAddress({ ...broker, brokerAddrs: { "1": "10.0.0.2:10911" } }), undefined);
 * ```
 */
export function masterAddress(broker: BrokerData): string | undefined {
  const { brokerAddrs } = broker;
  // Addresses of a caller's own may come without a table
  return brokerAddrs?.[MASTER_ID] ?? undefined;
}
