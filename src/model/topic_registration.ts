import { formatJson } from "../protocol/format_json.ts";
import type { QueueData } from "./queue_data.ts";
import { requireInt, requireList, requireName } from "./shape.ts";

/** A topic that is made known to a server (REGISTER_TOPIC_IN_NAMESRV, 217; 5.x). */
export interface TopicRegistration {
  /** The topic. */
  readonly topic: string;
  /** Its queues by broker; those of brokers that the server does not know are ignored. */
  readonly queues: readonly QueueData[];
}

/** A topic that a server is to forget (DELETE_TOPIC_IN_NAMESRV, 216). */
export interface TopicDeletion {
  /** The topic. */
  readonly topic: string;
  /** Only the brokers of this cluster. @default {every cluster} */
  readonly cluster?: string;
}

/**
 * The body of REGISTER_TOPIC_IN_NAMESRV (217): a TopicRouteData, of which servers read the queues.
 *
 * @throws {TypeError} If a queue names no broker, or a number is none.
 * @throws {RangeError} If a number is no integer of 32 bits.
 */
export function formatTopicRegistration(queues: readonly QueueData[]): string {
  return formatJson({ brokerDatas: [], filterServerTable: {}, queueDatas: requireList("queues", queues).map(queueJson) });
}

function queueJson(queue: QueueData, index: number): QueueData {
  const at = `queues[${index}].`;
  return {
    brokerName: requireName(`${at}brokerName`, queue.brokerName),
    perm: requireInt(`${at}perm`, queue.perm),
    readQueueNums: requireInt(`${at}readQueueNums`, queue.readQueueNums),
    topicSysFlag: requireInt(`${at}topicSysFlag`, queue.topicSysFlag),
    writeQueueNums: requireInt(`${at}writeQueueNums`, queue.writeQueueNums),
  };
}
