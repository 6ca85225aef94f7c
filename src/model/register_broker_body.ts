import { formatJson } from "../protocol/format_json.ts";
import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { type BrokerTopics, readBrokerTopics, requireMappings, requireTopics } from "./broker_topics.ts";
import { requireDataVersion } from "./data_version.ts";
import { parseBody } from "./parse_body.ts";
import { requireList, requireText } from "./shape.ts";

/** What a broker that registers says of itself. */
export interface RegisterBrokerBody extends BrokerTopics {
  /** Addresses of its filter servers. */
  readonly filterServers?: readonly string[];
}

// In the order in which brokers write them — remoting/protocol/body/RegisterBrokerBody.java
const FIELDS = jsonFields("filterServerList", "topicConfigSerializeWrapper");

/**
 * Reads an uncompressed body of REGISTER_BROKER (103); what is absent is empty.
 *
 * @throws {NameServerDataParseError} If it is no such body.
 */
export function parseRegisterBrokerBody(body: Uint8Array): Required<RegisterBrokerBody> {
  return parseBody(body, readRegisterBrokerBody);
}

function readRegisterBrokerBody(reader: JsonReader): Required<RegisterBrokerBody> {
  let filterServers: readonly string[] = [];
  let topics: Required<BrokerTopics> = NO_TOPICS;
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "filterServerList":
        filterServers = reader.strings();
        break;
      case "topicConfigSerializeWrapper":
        topics = readBrokerTopics(reader);
        break;
      default:
        readAny(reader);
    }
  }
  return { ...topics, filterServers };
}

const NO_TOPICS: Required<BrokerTopics> = {
  topics: Object.freeze(Object.create(null)),
  version: { stateVersion: 0, timestamp: 0, counter: 0 },
  topicQueueMappings: Object.freeze(Object.create(null)),
};

/**
 * The body as JSON.
 *
 * @throws {TypeError} If a field is of another type, or a topic stands under another name than its own.
 * @throws {RangeError} If a number does not fit.
 */
export function formatRegisterBrokerBody(body: RegisterBrokerBody): string {
  const { topics, version, topicQueueMappings } = body;
  return formatJson({
    filterServerList: requireFilterServers(body.filterServers),
    topicConfigSerializeWrapper: {
      dataVersion: requireDataVersion("version", version),
      topicConfigTable: Object.fromEntries(requireTopics(topics).map((config) => [config.topicName, config])),
      topicQueueMappingInfoMap: Object.fromEntries(requireMappings(topicQueueMappings).map((info) => [info.topic, info])),
    },
  });
}

/** The filter servers. @throws {TypeError} If they are no list of text. */
export function requireFilterServers(servers: readonly string[] = []): readonly string[] {
  return requireList("filterServers", servers).map((server, i) => requireText(`filterServers[${i}]`, server));
}
