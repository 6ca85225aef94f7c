import type { TopicRouteData } from "../model/topic_route.ts";
import { canonical } from "./canonical.ts";

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
