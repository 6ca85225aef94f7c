import type { MessageQueue } from "../../route/message_queue.ts";
import { publishQueues } from "../../route/publish_queues.ts";
import { subscribeQueues } from "../../route/subscribe_queues.ts";
import { type CacheWarning, orderSkipped } from "./cache_warning.ts";
import type { KeptRoute } from "./kept_route.ts";

/**
 * The queues to send to, computed once for each version of the route; what was skipped of an order configuration is reported as often.
 *
 * @throws {RangeError} If they are too many.
 */
export function publishQueuesOf(kept: KeptRoute, report: (warning: CacheWarning) => void): readonly MessageQueue[] {
  if (kept.publish !== undefined) return kept.publish;
  const skipped: string[] = [];
  kept.publish = publishQueues(kept.topic, kept.route, (segment) => skipped.push(segment));
  if (skipped.length > 0) report(orderSkipped(kept.topic, skipped));
  return kept.publish;
}

/** The queues to read from, computed once for each version of the route. @throws {RangeError} If they are too many. */
export function subscribeQueuesOf(kept: KeptRoute): readonly MessageQueue[] {
  return kept.subscribe ??= subscribeQueues(kept.topic, kept.route);
}
