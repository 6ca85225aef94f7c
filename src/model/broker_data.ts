import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";

/** A broker: one master and its slaves, under one name. */
export interface BrokerData {
  /** The cluster it belongs to; `""` where it was registered without one. */
  readonly cluster: string;
  /** The name that master and slaves share. */
  readonly brokerName: string;
  /**
   * Address by broker id in decimal, `"0"` the master. Ids are Java longs (`"-1"`, `"9007199254740993"`), kept exactly; the record has no
   * prototype. No entry: a broker without addresses.
   */
  readonly brokerAddrs: Readonly<Record<string, string>>;
  /** The zone it registered with (5.x). */
  readonly zoneName?: string;
  /** Whether a slave may stand in for a lost master (5.x). */
  readonly enableActingMaster: boolean;
}

// In the order in which servers write them; the last only where the broker has a zone — remoting/protocol/route/BrokerData.java
const FIELDS = jsonFields("brokerAddrs", "brokerName", "cluster", "enableActingMaster", "zoneName");

/**
 * Reads one broker; `undefined` for one without a name.
 *
 * @throws {NameServerDataParseError} If a field is of another type, or there is neither a cluster nor an address: no server writes that.
 */
export function readBrokerData(reader: JsonReader): BrokerData | undefined {
  const start = reader.at;
  let cluster: string | undefined, brokerName: string | undefined, zoneName: string | undefined;
  let brokerAddrs: Record<string, string> | undefined;
  let enableActingMaster = false;
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "brokerAddrs":
        brokerAddrs = reader.stringRecord();
        break;
      case "brokerName":
        brokerName = reader.string();
        break;
      case "cluster":
        cluster = reader.string();
        break;
      case "enableActingMaster":
        enableActingMaster = reader.boolean();
        break;
      case "zoneName":
        zoneName = reader.string();
        break;
      default:
        readAny(reader);
    }
  }
  if (brokerName === undefined) return undefined;
  if (cluster === undefined && brokerAddrs === undefined) reader.missing("cluster", start);
  cluster ??= "";
  brokerAddrs ??= Object.create(null) as Record<string, string>;
  return zoneName === undefined
    ? { cluster, brokerName, brokerAddrs, enableActingMaster }
    : { cluster, brokerName, brokerAddrs, zoneName, enableActingMaster };
}
