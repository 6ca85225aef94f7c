import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { type DataVersion, readDataVersion } from "./data_version.ts";
import { readTopicConfig, requireTopicConfig, type TopicConfig } from "./topic_config.ts";
import { readTopicQueueMappingInfo, requireTopicQueueMappingInfo, type TopicQueueMappingInfo } from "./topic_queue_mapping_info.ts";
import { requireObject } from "./shape.ts";

/** The topics of a broker. */
export interface BrokerTopics {
  /** Topics by name. */
  readonly topics: Readonly<Record<string, TopicConfig>>;
  /** Their edition: servers look at topics again only when it differs from the last one. */
  readonly version: DataVersion;
  /** Static topics (5.x): the queues that this broker holds, by topic. */
  readonly topicQueueMappings?: Readonly<Record<string, TopicQueueMappingInfo>>;
}

// The fields a NameServer looks at — remoting/protocol/body/TopicConfigAndMappingSerializeWrapper.java
const FIELDS = jsonFields("dataVersion", "topicConfigTable", "topicQueueMappingInfoMap");

/**
 * Reads a TopicConfigAndMappingSerializeWrapper; absent tables are empty.
 *
 * @throws {NameServerDataParseError} If a field is of another type.
 */
export function readBrokerTopics(reader: JsonReader): Required<BrokerTopics> {
  let version: DataVersion = { stateVersion: 0, timestamp: 0, counter: 0 };
  let topics: Record<string, TopicConfig> = Object.create(null);
  let topicQueueMappings: Record<string, TopicQueueMappingInfo> = Object.create(null);
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "dataVersion":
        version = readDataVersion(reader);
        break;
      case "topicConfigTable":
        topics = reader.record((r) => r.nullable(readTopicConfig));
        break;
      case "topicQueueMappingInfoMap":
        topicQueueMappings = reader.record((r) => r.nullable(readTopicQueueMappingInfo));
        break;
      default:
        readAny(reader);
    }
  }
  return { topics, version, topicQueueMappings };
}

/**
 * The broker's topics, in the order given.
 *
 * @throws {TypeError} If a field is of another type, or a topic stands under another name than its own.
 * @throws {RangeError} If a number is no integer of 32 bits.
 */
export function requireTopics(topics: BrokerTopics["topics"]): readonly TopicConfig[] {
  return Object.entries(requireObject("topics", topics)).map(([name, config]) => {
    const at = `topics[${JSON.stringify(name)}]`;
    const checked = requireTopicConfig(at, config);
    if (checked.topicName === name) return checked;
    throw new TypeError(`Cannot send request: ${at} must be the topic of that name, not "${checked.topicName}"`);
  });
}

/**
 * The broker's static topics, each with its topic's name in it.
 *
 * @throws {TypeError} If a field is of another type, or a mapping stands under another topic than its own.
 * @throws {RangeError} If a number does not fit.
 */
export function requireMappings(mappings: BrokerTopics["topicQueueMappings"] = {}): readonly TopicQueueMappingInfo[] {
  return Object.entries(requireObject("topicQueueMappings", mappings)).map(([topic, info]) => {
    const at = `topicQueueMappings[${JSON.stringify(topic)}]`;
    const checked = requireTopicQueueMappingInfo(at, { topic, ...requireObject(at, info) });
    if (checked.topic === topic) return checked;
    throw new TypeError(`Cannot send request: ${at} must be the mapping of that topic, not of "${checked.topic}"`);
  });
}
