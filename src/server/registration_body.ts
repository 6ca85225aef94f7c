import { decompressRegisterBrokerBody } from "../model/compressed_broker_body.ts";
import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import { fromModelVersion, newDataVersion, readDataVersion, ZERO_DATA_VERSION } from "./data_version_record.ts";
import type { Emulation } from "./emulation.ts";
import { UnreadableError } from "./unreadable_error.ts";
import { JavaBean, javaText } from "./java_bean.ts";
import { inHashOrder } from "./java_hash_order.ts";
import type { JsonNode } from "./json_node.ts";
import { readJsonBody } from "./read_json.ts";
import type { BrokerTopicsRecord, RegistrationBody, TopicRecord } from "./registration.ts";

/** Requests from 5.0.0 on have the mappings of static topics in a compressed body. */
const MAPPINGS_VERSION = 413;

/** How a registration's body was sent. */
export interface BodyForm {
  /** The broker's version. */
  readonly version: number;
  readonly compressed: boolean;
  /** The wall clock, for what has no timestamp. */
  readonly now: () => number;
}

/** What is registered without a body. */
export const NO_REGISTRATION_BODY: RegistrationBody = {
  topics: { version: ZERO_DATA_VERSION, topics: new Map(), mappings: new Map() },
  filterServers: [],
};

/**
 * Reads a RegisterBrokerBody; null where it says null.
 *
 * @throws {Error} If it is no such body.
 */
export function readRegistrationBody(body: Uint8Array, form: BodyForm, emulation: Emulation): RegistrationBody | null {
  if (form.compressed) return readCompressed(body, form, emulation);
  const bean = readJsonBody(body, emulation);
  if (bean === null) return null;
  const filterServers = bean.has("filterServerList")
    ? bean.list("filterServerList")?.map((node) => javaText(node, emulation.json)) ?? null
    : [];
  const topics = bean.has("topicConfigSerializeWrapper")
    ? readTopics(bean.bean("topicConfigSerializeWrapper"), form, emulation)
    : { version: newDataVersion(form.now), topics: new Map(), mappings: new Map() };
  return { topics, filterServers };
}

/** Reads the body of a broker before 3.0.11: its topics alone; null where it says null. @throws {UnreadableError} If it is no such body. */
export function readOldRegistrationBody(body: Uint8Array, form: BodyForm, emulation: Emulation): RegistrationBody {
  return { topics: readTopics(readJsonBody(body, emulation), form, emulation), filterServers: null };
}

function readTopics(bean: JavaBean | null, form: BodyForm, { json, isV5 }: Emulation): BrokerTopicsRecord | null {
  if (bean === null) return null;
  const table = bean.has("topicConfigTable") ? bean.map("topicConfigTable") : new Map<string, JsonNode>();
  const mappings = (isV5 ? bean.map("topicQueueMappingInfoMap") : null) ?? new Map<string, JsonNode>();
  const version = bean.has("dataVersion") ? bean.bean("dataVersion") : undefined;
  return {
    version: version === undefined ? newDataVersion(form.now) : version && readDataVersion(version, form.now),
    topics: table && new Map(inHashOrder(table.keys()).map((key) => [key, readTopic(nonNullBean(JavaBean.of(table.get(key)!, json)))])),
    mappings: new Map([...mappings].map(([topic, node]) => [topic, readMapping(nonNullBean(JavaBean.of(node, json)))])),
  };
}

function readTopic(bean: JavaBean): TopicRecord {
  return {
    topicName: bean.text("topicName"),
    readQueueNums: bean.int("readQueueNums", 16),
    writeQueueNums: bean.int("writeQueueNums", 16),
    perm: bean.int("perm", 6),
    topicSysFlag: bean.int("topicSysFlag", 0),
  };
}

function readMapping(bean: JavaBean): TopicQueueMappingInfo {
  const topic = bean.text("topic");
  return {
    ...(topic !== null && { topic }),
    bname: bean.text("bname") ?? "",
    totalQueues: bean.int("totalQueues", 0),
    epoch: bean.long("epoch", 0n),
    currIdMap: readCurrIdMap(bean.bean("currIdMap")),
    scope: bean.text("scope") ?? "__global__",
    dirty: bean.boolean("dirty", false),
  };
}

function readCurrIdMap(bean: JavaBean | null): Readonly<Record<string, number>> {
  return Object.fromEntries(bean?.names.map((logical) => [logical, bean.int(logical, 0)]) ?? []);
}

/** A `ConcurrentHashMap` takes no null. */
function nonNullBean(bean: JavaBean | null): JavaBean {
  if (bean === null) throw new UnreadableError("an object");
  return bean;
}

function readCompressed(bytes: Uint8Array, { version }: BodyForm, { isV5 }: Emulation): RegistrationBody {
  const body = decompressRegisterBrokerBody(bytes, isV5 && version >= MAPPINGS_VERSION);
  const topics = new Map(Object.entries(body.topics));
  // 4.9 takes a topic's line for none if it has attributes.
  if (!isV5 && [...topics.values()].some((topic) => topic.attributes !== undefined)) {
    throw new UnreadableError("five parts of a topic");
  }
  const mappings = new Map(Object.entries(body.topicQueueMappings));
  return { topics: { version: fromModelVersion(body.version), topics, mappings }, filterServers: body.filterServers };
}
