import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import type { BrokerName } from "./broker_identity.ts";
import { parseBody } from "./parse_body.ts";

/** The members of a broker that are alive. */
export interface BrokerMemberGroup extends BrokerName {
  /** Address by broker id in decimal, `"0"` the master. Ids are kept exactly; the record has no prototype. */
  readonly brokerAddrs: Readonly<Record<string, string>>;
}

const BODY_FIELDS = jsonFields("brokerMemberGroup");
// In the order in which servers write them — remoting/protocol/body/BrokerMemberGroup.java
const FIELDS = jsonFields("brokerAddrs", "brokerName", "cluster");

/**
 * Reads the body that answers GET_BROKER_MEMBER_GROUP (901), which servers write in fastjson's form.
 *
 * @throws {NameServerDataParseError} If it is no such body.
 */
export function parseBrokerMemberGroup(body: Uint8Array): BrokerMemberGroup {
  return parseBody(body, readBody);
}

function readBody(reader: JsonReader): BrokerMemberGroup {
  const start = reader.at;
  let group: BrokerMemberGroup | undefined;
  for (let i = 0, key = reader.key(BODY_FIELDS, i); key !== undefined; key = reader.key(BODY_FIELDS, ++i)) {
    if (key === "brokerMemberGroup") group = readGroup(reader);
    else readAny(reader);
  }
  return group ?? reader.missing("brokerMemberGroup", start);
}

function readGroup(reader: JsonReader): BrokerMemberGroup {
  const start = reader.at;
  let cluster: string | undefined, brokerName: string | undefined;
  let brokerAddrs: Record<string, string> = Object.create(null);
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
      default:
        readAny(reader);
    }
  }
  if (brokerName === undefined) reader.missing("brokerName", start);
  if (cluster === undefined) reader.missing("cluster", start);
  return { cluster, brokerName, brokerAddrs };
}
