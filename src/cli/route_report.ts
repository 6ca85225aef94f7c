import type { BrokerData } from "../model/broker_data.ts";
import type { QueueData } from "../model/queue_data.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { formatPermission } from "../route/format_permission.ts";
import { isReadable, isWritable } from "../route/permission.ts";
import { addressRows, MASTER_ID, NONE } from "./address_rows.ts";
import { count } from "./count.ts";
import { type Column, formatTable } from "./format_table.ts";
import type { Report } from "./report.ts";
import { routeNotes } from "./route_notes.ts";

/** A route, of which topic, and who told it. */
export interface RouteAnswer {
  readonly topic: string;
  readonly route: TopicRouteData;
  /** `host:port` */
  readonly server: string;
}

const COLUMNS: readonly Column[] = [
  { title: "CLUSTER" },
  { title: "BROKER" },
  { title: "ROLE" },
  { title: "ADDRESS" },
  { title: "READ", align: "right" },
  { title: "WRITE", align: "right" },
  { title: "PERM" },
  { title: "ZONE" },
];

/** A route as a person reads it: brokers in the order given. */
export function routeReport({ topic, route, server }: RouteAnswer): Report {
  const queues = new Map(route.queueDatas.map((queue) => [queue.brokerName, queue]));
  return {
    summary: `${topic} at ${server}: ${count(route.brokerDatas.length, "broker")}, ${describeQueues(route, queues)}`,
    table: formatTable(COLUMNS, route.brokerDatas.flatMap((broker) => rows(broker, queues.get(broker.brokerName)))),
    facts: facts(route),
    notes: routeNotes(route, server),
  };
}

type Cell = string | number;

/** Queues are those of the broker, whichever of its addresses serves them: they stand beside the first. */
function rows({ cluster, brokerName, brokerAddrs, zoneName = "" }: BrokerData, queue: QueueData | undefined): readonly (readonly Cell[])[] {
  const numbers: readonly Cell[] = queue === undefined
    ? [NONE, NONE, NONE]
    : [queue.readQueueNums, queue.writeQueueNums, formatPermission(queue.perm)];
  return addressRows(brokerAddrs)
    .map(({ role, address }, i) => [cluster, brokerName, role, address, ...(i === 0 ? numbers : ["", "", ""]), zoneName]);
}

/** What clients get of it: consumers read where reading is permitted, producers write where writing is and there is a master. */
function describeQueues({ brokerDatas }: TopicRouteData, queues: ReadonlyMap<string, QueueData>): string {
  let toRead = 0, toWrite = 0;
  for (const { brokerName, brokerAddrs } of brokerDatas) {
    const { perm = 0, readQueueNums = 0, writeQueueNums = 0 } = queues.get(brokerName) ?? {};
    if (isReadable(perm) && Object.keys(brokerAddrs).length > 0) toRead += readQueueNums;
    if (isWritable(perm) && brokerAddrs[MASTER_ID] !== undefined) toWrite += writeQueueNums;
  }
  return `${count(toRead, "queue")} to read, ${toWrite} to write`;
}

function facts({ orderTopicConf, topicQueueMappingByBroker }: TopicRouteData): readonly string[] {
  return [
    ...(orderTopicConf ? [`Ordered topic, queues by broker: ${orderTopicConf}`] : []),
    ...(topicQueueMappingByBroker === undefined ? [] : ["Static topic: its queues are mapped to those of brokers; --json shows how"]),
  ];
}
