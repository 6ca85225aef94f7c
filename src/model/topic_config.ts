import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { requireBoolean, requireInt, requireName, requireObject, requireText } from "./shape.ts";

/** A topic as a broker has it. */
export interface TopicConfig {
  /** The topic. */
  readonly topicName: string;
  /** Queues to read from. */
  readonly readQueueNums: number;
  /** Queues to write to. */
  readonly writeQueueNums: number;
  /** Bits: 4 read, 2 write, 1 inherit, 8 priority. */
  readonly perm: number;
  /** Whether a message has one tag or several. */
  readonly topicFilterType: "SINGLE_TAG" | "MULTI_TAG";
  /** Bits: 1 unit topic, 2 has unit subscriptions. */
  readonly topicSysFlag: number;
  /** Whether messages are ordered across brokers. */
  readonly order: boolean;
  /** Further settings of the topic (5.x), such as `message.type`. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** What Java's constructor sets and a body may leave out — common/TopicConfig.java */
const DEFAULTS: Omit<TopicConfig, "topicName" | "attributes"> = {
  readQueueNums: 16,
  writeQueueNums: 16,
  perm: 6,
  topicFilterType: "SINGLE_TAG",
  topicSysFlag: 0,
  order: false,
};

// In the order in which brokers write them
const FIELDS = jsonFields(
  "attributes",
  "order",
  "perm",
  "readQueueNums",
  "topicFilterType",
  "topicName",
  "topicSysFlag",
  "writeQueueNums",
);

/**
 * Reads a topic; absent fields are as Java's constructor sets them.
 *
 * @throws {NameServerDataParseError} If it has no name, or a field is of another type.
 */
export function readTopicConfig(reader: JsonReader): TopicConfig {
  const start = reader.at;
  const config: Draft = { ...DEFAULTS };
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "attributes":
        config.attributes = reader.stringRecord();
        break;
      case "order":
        config.order = reader.boolean();
        break;
      case "perm":
      case "readQueueNums":
      case "topicSysFlag":
      case "writeQueueNums":
        config[key] = reader.int();
        break;
      case "topicFilterType":
        config.topicFilterType = readFilterType(reader);
        break;
      case "topicName":
        config.topicName = reader.string();
        break;
      default:
        readAny(reader);
    }
  }
  const { topicName } = config;
  if (topicName === undefined) reader.missing("topicName", start);
  return { ...config, topicName };
}

type Draft = { -readonly [K in keyof Omit<TopicConfig, "topicName">]: TopicConfig[K] } & { topicName?: string };

function readFilterType(reader: JsonReader): TopicConfig["topicFilterType"] {
  const start = reader.at;
  const type = reader.string();
  return isFilterType(type) ? type : reader.fail("SINGLE_TAG or MULTI_TAG", start);
}

/** Whether the text names a filter type. */
export function isFilterType(type: string): type is TopicConfig["topicFilterType"] {
  return type === "SINGLE_TAG" || type === "MULTI_TAG";
}

/**
 * The topic itself, with its fields and no others.
 *
 * @param at Named in messages: where it stands.
 * @throws {TypeError} If a field is of another type.
 * @throws {RangeError} If a number is no integer of 32 bits.
 */
export function requireTopicConfig(at: string, config: TopicConfig): TopicConfig {
  requireObject(at, config);
  return {
    ...(config.attributes !== undefined && { attributes: requireAttributes(`${at}.attributes`, config.attributes) }),
    order: requireBoolean(`${at}.order`, config.order),
    perm: requireInt(`${at}.perm`, config.perm),
    readQueueNums: requireInt(`${at}.readQueueNums`, config.readQueueNums),
    topicFilterType: requireFilterType(`${at}.topicFilterType`, config.topicFilterType),
    topicName: requireName(`${at}.topicName`, config.topicName),
    topicSysFlag: requireInt(`${at}.topicSysFlag`, config.topicSysFlag),
    writeQueueNums: requireInt(`${at}.writeQueueNums`, config.writeQueueNums),
  };
}

function requireFilterType(at: string, type: TopicConfig["topicFilterType"]): TopicConfig["topicFilterType"] {
  if (isFilterType(requireText(at, type))) return type;
  throw new TypeError(`Cannot send request: ${at} must be SINGLE_TAG or MULTI_TAG, not "${type}"`);
}

function requireAttributes(at: string, attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(requireObject(at, attributes))) requireText(`${at}[${JSON.stringify(key)}]`, value);
  return attributes;
}
