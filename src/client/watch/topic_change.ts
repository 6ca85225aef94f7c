import type { NameServerError, TopicNotFoundError } from "../../errors.ts";
import type { TopicRouteData } from "../../model/topic_route.ts";
import { diffRoutes, type RouteDiff } from "../../route/diff_routes.ts";
import type { Step } from "./step.ts";

/** What happened to the route of a topic. */
export type TopicRouteChange =
  /** The route, where the reader knows of none: at first, and when a topic that was not there has come. */
  | { readonly type: "snapshot"; readonly route: TopicRouteData }
  /** Another route than `previous`, which is what the reader saw last. */
  | { readonly type: "changed"; readonly route: TopicRouteData; readonly previous: TopicRouteData; readonly diff: RouteDiff }
  /** The topic has gone. */
  | { readonly type: "removed"; readonly previous: TopicRouteData }
  /** No server can say; or there is no such topic from the start, `TopicNotFoundError`. Told once until it can be said again. */
  | { readonly type: "error"; readonly error: NameServerError };

/** What servers say of a topic. */
export type TopicState = { readonly route: TopicRouteData } | { readonly denial: TopicNotFoundError };

/** What to tell a reader of a topic that has seen one state and is to see another; nothing where they are alike to him. */
export function topicStep(seen: TopicState | undefined, now: TopicState): Step<TopicState, TopicRouteChange> | undefined {
  const change = topicChange(seen, now);
  return change && { change, seen: now };
}

function topicChange(seen: TopicState | undefined, now: TopicState): TopicRouteChange | undefined {
  const previous = seen && "route" in seen ? seen.route : undefined;
  if ("denial" in now) {
    if (previous !== undefined) return { type: "removed", previous };
    return seen === undefined ? { type: "error", error: now.denial } : undefined;
  }
  const { route } = now;
  if (previous === undefined) return { type: "snapshot", route };
  return previous === route ? undefined : { type: "changed", route, previous, diff: diffRoutes(previous, route) };
}
