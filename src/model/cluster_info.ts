import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { type BrokerData, readBrokerData } from "./broker_data.ts";
import { parseBody } from "./parse_body.ts";

/** Every broker that a NameServer knows, and the clusters they form. */
export interface ClusterInfo {
  /** Broker by name. */
  readonly brokerAddrTable: Readonly<Record<string, BrokerData>>;
  /** Names of brokers by cluster, in no order. */
  readonly clusterAddrTable: Readonly<Record<string, readonly string[]>>;
}

// In the order in which servers write them — remoting/protocol/body/ClusterInfo.java
const FIELDS = jsonFields("brokerAddrTable", "clusterAddrTable");

/**
 * Reads the body that answers GET_BROKER_CLUSTER_INFO (106), which every server writes in fastjson's form. Absent tables are empty; a broker
 * that was registered without a name is left out.
 *
 * @throws {NameServerDataParseError} If it is no such body; `path` says where.
 * @example The answer of a server that knows no broker
 * ```ts
 * import { parseClusterInfo } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const cluster = parseClusterInfo(new TextEncoder().encode(`{"brokerAddrTable":{},"clusterAddrTable":{}}`));
 * assertEquals(Object.keys(cluster.brokerAddrTable), []);
 * ```
 */
export function parseClusterInfo(body: Uint8Array): ClusterInfo {
  return parseBody(body, readClusterInfo);
}

function readClusterInfo(reader: JsonReader): ClusterInfo {
  let brokerAddrTable: Record<string, BrokerData> = Object.create(null);
  let clusterAddrTable: Record<string, readonly string[]> = Object.create(null);
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "brokerAddrTable":
        brokerAddrTable = reader.record((r) => r.nullable(readBrokerData));
        break;
      case "clusterAddrTable":
        clusterAddrTable = reader.record((r) => r.nullable((names) => names.strings()));
        break;
      default:
        readAny(reader);
    }
  }
  return { brokerAddrTable, clusterAddrTable };
}
