import type { TopicRouteData } from "../model/topic_route.ts";
import { isWritable } from "../route/permission.ts";
import { MASTER_ID } from "./address_rows.ts";
import { brokerNotes } from "./broker_notes.ts";

/** What an operator should know about a route and can't see in its table at a glance: one line each. @param server Who told it. */
export function routeNotes(route: TopicRouteData, server: string): readonly string[] {
  return [...brokerNotes(route.brokerDatas, server), ...actingMasters(route), ...mismatches(route)];
}

/**
 * Servers that support it show the first slave as master where the master is gone, the broker allows it, and its queues can't be written.
 * It can't be told from a master whose write permission was wiped — namesrv/routeinfo/RouteInfoManager.java
 */
function actingMasters({ brokerDatas, queueDatas }: TopicRouteData): readonly string[] {
  const readOnly = new Set(queueDatas.filter(({ perm }) => !isWritable(perm)).map(({ brokerName }) => brokerName));
  return brokerDatas
    .filter(({ brokerName, brokerAddrs, enableActingMaster }) => enableActingMaster && brokerAddrs[MASTER_ID] && readOnly.has(brokerName))
    .map(({ brokerName, brokerAddrs }) => `${brokerName} takes no messages: ${brokerAddrs[MASTER_ID]} may be a slave acting as master`);
}

function mismatches({ brokerDatas, queueDatas }: TopicRouteData): readonly string[] {
  const brokers = new Set(brokerDatas.map(({ brokerName }) => brokerName));
  const queues = new Set(queueDatas.map(({ brokerName }) => brokerName));
  return [
    ...[...brokers].filter((name) => !queues.has(name)).map((name) => `${name} has no queues of the topic`),
    ...[...queues].filter((name) => !brokers.has(name)).map((name) => `${name} has queues of the topic, but is not registered`),
  ];
}
