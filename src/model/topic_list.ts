import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { parseBody } from "./parse_body.ts";

/** What a server lists as system topics (GET_SYSTEM_TOPIC_LIST_FROM_NS, 304). */
export interface SystemTopics {
  /** Names of clusters and of brokers: each names a topic of its own. In no order. */
  readonly topics: readonly string[];
  /** Address of some broker, to ask for its own system topics; absent where none is registered. */
  readonly brokerAddr?: string;
}

// In the order in which servers write them — remoting/protocol/body/TopicList.java
const FIELDS = jsonFields("brokerAddr", "topicList");

/** Reads a TopicList body: names in no order; absent is empty. @throws {NameServerDataParseError} If it is no such body. */
export function parseTopicList(body: Uint8Array): readonly string[] {
  return parseSystemTopics(body).topics;
}

/** Reads a TopicList body with the address in it. @throws {NameServerDataParseError} If it is no such body. */
export function parseSystemTopics(body: Uint8Array): SystemTopics {
  return parseBody(body, readTopicList);
}

function readTopicList(reader: JsonReader): SystemTopics {
  let topics: readonly string[] = [];
  let brokerAddr: string | undefined;
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "brokerAddr":
        brokerAddr = reader.string();
        break;
      case "topicList":
        topics = reader.strings();
        break;
      default:
        readAny(reader);
    }
  }
  return brokerAddr === undefined ? { topics } : { topics, brokerAddr };
}
