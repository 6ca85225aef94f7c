import type { BrokerData } from "../model/broker_data.ts";
import { naturalOrder } from "./natural_order.ts";

/** One address of a broker, as tables show it. */
export interface AddressRow {
  /** `master`, `slave 1` */
  readonly role: string;
  readonly address: string;
}

/** The id of a master — common/MixAll.java */
export const MASTER_ID = "0";

/** What stands where there is nothing to show. */
export const NONE = "-";

/** A broker's addresses, its master first; one row of dashes where it has none. */
export function addressRows(brokerAddrs: BrokerData["brokerAddrs"]): readonly AddressRow[] {
  const rows = Object.entries(brokerAddrs)
    .sort(([a], [b]) => naturalOrder(a, b))
    .map(([id, address]) => ({ role: id === MASTER_ID ? "master" : `slave ${id}`, address }));
  return rows.length > 0 ? rows : [{ role: NONE, address: NONE }];
}
