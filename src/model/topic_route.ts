import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { type BrokerData, readBrokerData } from "./broker_data.ts";
import { parseBody } from "./parse_body.ts";
import { type QueueData, readQueueData } from "./queue_data.ts";
import { readTopicQueueMappingInfo, type TopicQueueMappingInfo } from "./topic_queue_mapping_info.ts";

/** Which brokers serve a topic, and with which queues. */
export interface TopicRouteData {
  /**
   * Queues of an ordered topic, `broker:queues;broker:queues`. `""` is kept and is not the same as absent: with `""` the Java client ignores
   * static mappings.
   */
  readonly orderTopicConf?: string;
  /** Queues by broker. */
  readonly queueDatas: readonly QueueData[];
  /** The brokers. */
  readonly brokerDatas: readonly BrokerData[];
  /** Filter servers by broker address. */
  readonly filterServerTable: Readonly<Record<string, readonly string[]>>;
  /** Static topics (5.x): mapping by broker name. */
  readonly topicQueueMappingByBroker?: Readonly<Record<string, TopicQueueMappingInfo>>;
}

// In the order in which servers write them — remoting/protocol/route/TopicRouteData.java
const FIELDS = jsonFields("brokerDatas", "filterServerTable", "queueDatas", "orderTopicConf", "topicQueueMappingByBroker");

/**
 * Reads the body that answers GET_ROUTEINFO_BY_TOPIC (105), in fastjson's form or in standard JSON. Absent lists and tables are empty; brokers
 * and queues that name no broker are left out: NameServers list what anybody registers, and one bad entry must not hide the others.
 *
 * @throws {NameServerDataParseError} If it is no such body; `path` says where.
 * @example A route as servers before 4.9.4 write it
 * ```ts
 * import { parseTopicRoute } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const body = new TextEncoder().encode(`{"brokerDatas":[{"brokerAddrs":{0:"10.0.0.1:10911"},"brokerName":"a","cluster":"c"}],"queueDatas":[]}`);
 * assertEquals(parseTopicRoute(body).brokerDatas[0]?.brokerAddrs["0"], "10.0.0.1:10911");
 * ```
 */
export function parseTopicRoute(body: Uint8Array): TopicRouteData {
  return parseBody(body, readTopicRoute);
}

function readTopicRoute(reader: JsonReader): TopicRouteData {
  let queueDatas: readonly QueueData[] | undefined, brokerDatas: readonly BrokerData[] | undefined;
  let filterServerTable: TopicRouteData["filterServerTable"] | undefined;
  let orderTopicConf: string | undefined, topicQueueMappingByBroker: TopicRouteData["topicQueueMappingByBroker"];
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "brokerDatas":
        brokerDatas = reader.list((r) => r.nullable(readBrokerData));
        break;
      case "filterServerTable":
        filterServerTable = reader.record((r) => r.nullable((servers) => servers.strings()));
        break;
      case "orderTopicConf":
        orderTopicConf = reader.string();
        break;
      case "queueDatas":
        queueDatas = reader.list((r) => r.nullable(readQueueData));
        break;
      case "topicQueueMappingByBroker":
        topicQueueMappingByBroker = reader.record((r) => r.nullable(readTopicQueueMappingInfo));
        break;
      default:
        readAny(reader);
    }
  }
  const route: { -readonly [K in keyof TopicRouteData]: TopicRouteData[K] } = {
    queueDatas: queueDatas ?? [],
    brokerDatas: brokerDatas ?? [],
    filterServerTable: filterServerTable ?? Object.create(null),
  };
  if (orderTopicConf !== undefined) route.orderTopicConf = orderTopicConf;
  if (topicQueueMappingByBroker !== undefined) route.topicQueueMappingByBroker = topicQueueMappingByBroker;
  return route;
}
