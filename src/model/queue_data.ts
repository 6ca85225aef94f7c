import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";

/** How many queues of a topic a broker has, and what may be done with them. */
export interface QueueData {
  /** The broker, as in `BrokerData.brokerName`. */
  readonly brokerName: string;
  /** Queues to read from. */
  readonly readQueueNums: number;
  /** Queues to write to. */
  readonly writeQueueNums: number;
  /** Bits: 4 read, 2 write, 1 inherit, 8 priority. */
  readonly perm: number;
  /** Bits: 1 unit topic, 2 has unit subscriptions. Wire name `topicSysFlag`; the old misspelling `topicSynFlag` is read too. */
  readonly topicSysFlag: number;
}

// In the order in which servers write them — remoting/protocol/route/QueueData.java
const FIELDS = jsonFields("brokerName", "perm", "readQueueNums", "topicSysFlag", "writeQueueNums");

/**
 * Reads one broker's queues; absent numbers are 0. `undefined` where they name no broker.
 *
 * @throws {NameServerDataParseError} If a field is of another type.
 */
export function readQueueData(reader: JsonReader): QueueData | undefined {
  let brokerName: string | undefined;
  let readQueueNums = 0, writeQueueNums = 0, perm = 0, topicSysFlag = 0;
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "brokerName":
        brokerName = reader.string();
        break;
      case "perm":
        perm = reader.int();
        break;
      case "readQueueNums":
        readQueueNums = reader.int();
        break;
      case "topicSysFlag":
      case "topicSynFlag":
        topicSysFlag = reader.int();
        break;
      case "writeQueueNums":
        writeQueueNums = reader.int();
        break;
      default:
        readAny(reader);
    }
  }
  return brokerName === undefined ? undefined : { brokerName, readQueueNums, writeQueueNums, perm, topicSysFlag };
}
