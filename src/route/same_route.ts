import type { TopicRouteData } from "../model/topic_route.ts";

/**
 * Whether two routes say the same: every field alike, order of lists aside. (The Java client ignores cluster, zone and acting master.)
 *
 * @example Servers list brokers in no order
 * ```ts
 * import { sameRoute } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const [a, b] = ["a", "b"].map((brokerName) => ({ brokerName, readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 }));
 * const route = { brokerDatas: [], filterServerTable: {} };
 * assertEquals(sameRoute({ ...route, queueDatas: [a!, b!] }, { ...route, queueDatas: [b!, a!] }), true);
 * assertEquals(sameRoute({ ...route, queueDatas: [a!] }, { ...route, queueDatas: [{ ...a!, perm: 4 }] }), false);
 * ```
 */
export function sameRoute(a: TopicRouteData, b: TopicRouteData): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** Text that is the same for values that say the same. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value === "object" && value !== null) return `{${canonicalMembers(value).sort().join()}}`;
  return typeof value === "string" ? JSON.stringify(value) : `${value}`;
}

function canonicalMembers(record: object): string[] {
  const members = Object.entries(record).filter(([, value]) => value !== undefined);
  return members.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
}
