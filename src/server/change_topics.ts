import type { JavaString } from "./java_null.ts";
import type { QueueRecord, RouteTables } from "./route_tables.ts";

const READ = 4;
const WRITE = 2;

/**
 * Adds queues to a topic — RouteInfoManager.registerTopic. It ends at the first broker that is unknown: a new topic is not stored then, one
 * that there was keeps what came before.
 *
 * @throws {JavaNullError} If a name is null.
 */
export function registerTopic(tables: RouteTables, topic: JavaString, queues: readonly QueueRecord[]): void {
  const known = tables.topics.get(tables.key(topic));
  const byBroker = known ?? new Map<JavaString, QueueRecord>();
  for (const queue of queues) {
    if (!tables.brokers.has(tables.key(queue.brokerName))) return;
    byBroker.set(queue.brokerName, queue);
  }
  tables.topics.set(topic, byBroker);
}

/** Deletes a topic; with a cluster, its queues on the brokers of that cluster. @throws {JavaNullError} If a name is null that can't be. */
export function deleteTopic(tables: RouteTables, topic: JavaString, cluster: JavaString): void {
  if (topic !== null) tables.fixedRoutes.delete(topic);
  const key = tables.key(topic);
  if (!cluster) {
    tables.topics.delete(key);
    return;
  }
  const names = tables.clusters.get(cluster) ?? [];
  const queues = tables.topics.get(key);
  for (const name of names) queues?.delete(name);
  if (queues?.size === 0) tables.topics.delete(key);
}

/** Takes write permission from every topic of a broker, or sets them to read and write; gives how many topics it has. */
export function changeWritePermission(tables: RouteTables, brokerName: JavaString, writable: boolean): number {
  let count = 0;
  for (const queues of tables.topics.values()) {
    const queue = queues.get(brokerName);
    if (queue === undefined) continue;
    queue.perm = writable ? READ | WRITE : queue.perm & ~WRITE;
    count++;
  }
  return count;
}
