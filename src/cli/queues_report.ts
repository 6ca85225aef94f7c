import type { TopicRouteData } from "../model/topic_route.ts";
import { masterAddress } from "../route/master_address.ts";
import type { MessageQueue } from "../route/message_queue.ts";
import type { StaticQueue } from "../route/static_queues.ts";
import { count } from "./count.ts";
import { type Column, formatTable } from "./format_table.ts";
import { naturalOrder } from "./natural_order.ts";
import type { Report } from "./report.ts";

/** Queues of a topic as clients compute them. */
export interface TopicQueues {
  readonly route: TopicRouteData;
  readonly publish: readonly MessageQueue[];
  readonly subscribe: readonly MessageQueue[];
  /** Of a static topic: who holds which queue. */
  readonly hosts: readonly StaticQueue[];
  /** Segments of the order configuration that make no sense. */
  readonly skipped: readonly string[];
}

/** The queues of which topic, and who told its route. */
export interface QueuesAnswer extends TopicQueues {
  readonly topic: string;
  /** `host:port` */
  readonly server: string;
}

const COLUMNS: readonly Column[] = [
  { title: "BROKER" },
  { title: "PUBLISH", align: "right" },
  { title: "SUBSCRIBE", align: "right" },
  { title: "MASTER" },
  { title: "HELD BY" },
];
const NONE = "-";

/** Queues as a person reads them: a line a broker, runs of ids in short. */
export function queuesReport(answer: QueuesAnswer): Report {
  const { topic, server, publish, subscribe, skipped } = answer;
  return {
    summary: `${topic} at ${server}: ${count(publish.length, "queue")} to publish to, ${subscribe.length} to subscribe to`,
    table: formatTable(COLUMNS, rows(answer)),
    notes: skipped.map((segment) => `Skipped in the order configuration, it makes no sense: "${segment}"`),
  };
}

function rows({ route, publish, subscribe, hosts }: QueuesAnswer): readonly (readonly string[])[] {
  const names = [...new Set([...publish, ...subscribe].map((queue) => queue.brokerName))].sort(naturalOrder);
  if (names.length === 0) return [];
  const masters = new Map(route.brokerDatas.map((broker) => [broker.brokerName, masterAddress(broker)]));
  const published = idsByBroker(publish), subscribed = idsByBroker(subscribe);
  return names.map((name) => [
    name,
    runs(published.get(name)),
    runs(subscribed.get(name)),
    masters.get(name) ?? NONE,
    holders(hosts.filter((queue) => queue.brokerName === name)),
  ]);
}

function idsByBroker(queues: readonly MessageQueue[]): ReadonlyMap<string, readonly number[]> {
  const byBroker = new Map<string, number[]>();
  for (const { brokerName, queueId } of queues) {
    const ids = byBroker.get(brokerName);
    if (ids === undefined) byBroker.set(brokerName, [queueId]);
    else ids.push(queueId);
  }
  return byBroker;
}

/** `0-3`, or `0-3, 0-1` where a broker comes twice. */
function runs(ids: readonly number[] = []): string {
  const found: [first: number, last: number][] = [];
  for (const id of ids) {
    const run = found.at(-1);
    if (run !== undefined && run[1] + 1 === id) run[1] = id;
    else found.push([id, id]);
  }
  return found.map(([first, last]) => first === last ? `${first}` : `${first}-${last}`).join(", ") || NONE;
}

/** `broker-a: 0-3; broker-b: 4-7` */
function holders(queues: readonly StaticQueue[]): string {
  const byHolder = idsByBroker(queues.map(({ topic, queueId, hostedBy }) => ({ topic, queueId, brokerName: hostedBy })));
  return [...byHolder].map(([name, ids]) => `${name}: ${runs(ids)}`).join("; ");
}
