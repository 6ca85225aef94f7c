import type { ClusterChange } from "../client/watch/cluster_change.ts";
import type { TopicRouteChange } from "../client/watch/topic_change.ts";
import type { ClusterDiff } from "../route/diff_clusters.ts";
import type { RouteDiff } from "../route/diff_routes.ts";
import { count } from "./count.ts";
import { naturalOrder } from "./natural_order.ts";

/** What a watch tells. */
export type Change = TopicRouteChange | ClusterChange;

/** What the lists of a difference say of the brokers in them. */
const WORDS: Readonly<Record<keyof (RouteDiff & ClusterDiff), string>> = {
  brokersAdded: "joined",
  brokersRemoved: "left",
  addressesChanged: "other addresses",
  mastersLost: "master lost",
  mastersGained: "master gained",
  queuesChanged: "other queues",
  down: "down",
  up: "up",
};
const TYPE_WIDTH = "snapshot".length;

/** A change in a line: its kind, and what it is about. */
export function changeLine(change: Change): string {
  return `${change.type.padEnd(TYPE_WIDTH)}  ${describe(change)}`;
}

function describe(change: Change): string {
  switch (change.type) {
    case "snapshot":
      return describeBrokers("route" in change ? namesOf(change.route.brokerDatas) : Object.keys(change.cluster.brokerAddrTable));
    case "changed":
      return describeDiff(change.diff);
    case "removed":
      return `no such topic any more; it was served by ${describeBrokers(namesOf(change.previous.brokerDatas))}`;
    case "error":
      return change.error.message;
  }
}

function namesOf(brokers: readonly { readonly brokerName: string }[]): readonly string[] {
  return brokers.map(({ brokerName }) => brokerName);
}

function describeBrokers(names: readonly string[]): string {
  return names.length === 0 ? "no broker" : `${count(names.length, "broker")}: ${[...names].sort(naturalOrder).join(", ")}`;
}

/** Of some things that may differ no list tells: zones, clusters, acting masters. */
function describeDiff(diff: RouteDiff | ClusterDiff): string {
  const lists: Partial<Readonly<Record<string, readonly string[]>>> = { ...diff };
  const parts = Object.entries(WORDS).flatMap(([list, words]) => {
    const names = lists[list] ?? [];
    return names.length === 0 ? [] : [`${words}: ${[...names].sort(naturalOrder).join(", ")}`];
  });
  return parts.length === 0 ? "other settings" : parts.join("; ");
}
