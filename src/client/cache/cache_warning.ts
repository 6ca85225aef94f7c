import { reasonOf } from "../../remote/reason_of.ts";
import type { RemoteEvent } from "../../remote/events.ts";

/** Something that a cache has put up with. */
export type CacheWarning = Extract<RemoteEvent, { readonly type: "warning" }>;

/** A server denies a topic of which there is a route; another one knows it. */
export function deniedByOne(topic: string, denier: string, knower: string): CacheWarning {
  const message = `Kept the route of topic "${topic}": "${denier}" knows no such topic, but "${knower}" does`;
  return { type: "warning", about: "suspect-route", message, address: denier, topic };
}

/** A server denies a topic of which there is a route, and no other could be asked. */
export function deniedAlone(topic: string, denier: string): CacheWarning {
  const message = `Kept the old route of topic "${topic}": "${denier}" knows no such topic, and no other server could be asked`;
  return { type: "warning", about: "suspect-route", message, address: denier, topic };
}

/** Segments of an order configuration that make no sense. */
export function orderSkipped(topic: string, segments: readonly string[]): CacheWarning {
  const quoted = segments.map((segment) => JSON.stringify(segment)).join(", ");
  return { type: "warning", about: "order-conf", message: `Skipped in the order configuration of topic "${topic}": ${quoted}`, topic };
}

/** A store that failed. @param action What was not done: `"read route of topic"`. */
export function storeFailed(action: string, topic: string, error: unknown): CacheWarning {
  return { type: "warning", about: "store", message: `Cannot ${action} "${topic}": ${reasonOf(error)}`, topic, error };
}
