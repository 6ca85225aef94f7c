import type { TopicRouteData } from "../../model/topic_route.ts";

/** What is kept of a topic. */
export interface RouteEntry {
  /** The topic. */
  readonly topic: string;
  /** Its route, addresses mapped. */
  readonly route: TopicRouteData;
  /** 1 at first; grows by one each time the route differs. */
  readonly version: number;
  /** When a server last said so, in milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Whether it is within `ttlMs`. */
  readonly state: "fresh" | "stale";
  /** Who said so, `host:port`. */
  readonly server: string;
}

/** What a cache has done since it was made. */
export interface RouteCacheStats {
  /** Routes kept now. */
  readonly entries: number;
  /** Answers given at once that were fresh, "no such topic" among them. */
  readonly hits: number;
  /** Calls that had to wait for a server or a store. */
  readonly misses: number;
  /** Routes given that were past `ttlMs`. */
  readonly staleAnswers: number;
  /** Questions to servers about a route that was kept. */
  readonly refreshes: number;
  /** Those of them whose answer was the same, byte by byte. */
  readonly unchanged: number;
}
