import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { requireBoolean, requireInt, requireLong, requireName, requireObject, requireText } from "./shape.ts";

/** Which logical queues of a static topic a broker holds (5.x). */
export interface TopicQueueMappingInfo {
  /** The topic. */
  readonly topic?: string;
  /** The broker that holds the queues; `""` where the mapping names none. */
  readonly bname: string;
  /** Logical queues of the topic, on all brokers. */
  readonly totalQueues: number;
  /** Grows with each change of the mapping. A Java long: a bigint beyond ±(2^53 − 1). */
  readonly epoch: number | bigint;
  /** Physical queue by logical queue. */
  readonly currIdMap: Readonly<Record<string, number>>;
  /** Where the mapping holds; `"__global__"` as a rule. */
  readonly scope?: string;
  /** Whether the broker has yet to tell others. */
  readonly dirty?: boolean;
}

// In the order in which servers write them — remoting/protocol/statictopic/TopicQueueMappingInfo.java
const FIELDS = jsonFields("bname", "currIdMap", "dirty", "epoch", "scope", "topic", "totalQueues");

/** Reads one mapping; absent numbers are 0. @throws {NameServerDataParseError} If a field is of another type. */
export function readTopicQueueMappingInfo(reader: JsonReader): TopicQueueMappingInfo {
  const info: { -readonly [K in keyof TopicQueueMappingInfo]?: TopicQueueMappingInfo[K] } = {};
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "bname":
      case "scope":
      case "topic":
        info[key] = reader.string();
        break;
      case "currIdMap":
        info.currIdMap = reader.record((r) => r.int());
        break;
      case "dirty":
        info.dirty = reader.boolean();
        break;
      case "epoch":
        info.epoch = reader.long();
        break;
      case "totalQueues":
        info.totalQueues = reader.int();
        break;
      default:
        readAny(reader);
    }
  }
  const { bname = "", totalQueues = 0, epoch = 0, currIdMap = Object.create(null) as Record<string, number>, ...rest } = info;
  return { ...rest, bname, totalQueues, epoch, currIdMap };
}

/**
 * The mapping itself, with its fields and no others.
 *
 * @param at Named in messages: where it stands.
 * @throws {TypeError} If a field is of another type, or a logical queue is no integer.
 * @throws {RangeError} If a number does not fit.
 */
export function requireTopicQueueMappingInfo(at: string, info: TopicQueueMappingInfo): TopicQueueMappingInfo {
  return {
    bname: requireName(`${at}.bname`, info.bname),
    currIdMap: requireQueues(`${at}.currIdMap`, info.currIdMap),
    ...(info.dirty !== undefined && { dirty: requireBoolean(`${at}.dirty`, info.dirty) }),
    epoch: requireLong(`${at}.epoch`, info.epoch),
    ...(info.scope !== undefined && { scope: requireText(`${at}.scope`, info.scope) }),
    ...(info.topic !== undefined && { topic: requireName(`${at}.topic`, info.topic) }),
    totalQueues: requireInt(`${at}.totalQueues`, info.totalQueues),
  };
}

function requireQueues(at: string, queues: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  for (const [logical, physical] of Object.entries(requireObject(at, queues))) {
    if (!/^-?\d+$/.test(logical)) throw new TypeError(`Cannot send request: ${at} must have integers as keys, not "${logical}"`);
    requireInt(`${at}[${logical}]`, physical);
  }
  return queues;
}
