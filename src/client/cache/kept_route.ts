import type { TopicRouteData } from "../../model/topic_route.ts";
import type { MessageQueue } from "../../route/message_queue.ts";
import { wordsOf } from "./same_bytes.ts";

/** When something happens, on both clocks. */
export interface CacheTime {
  /** Milliseconds on a clock that never goes back: ages are taken on it. */
  readonly now: number;
  /** Milliseconds since the epoch: for people, and for other processes. */
  readonly epochMs: number;
}

/** A server's answer to GET_ROUTEINFO_BY_TOPIC (105). */
export interface RouteAnswer {
  /** As received; the cache takes a copy where it keeps it. */
  readonly body: Uint8Array;
  /** Who answered, `host:port`. */
  readonly server: string;
  /** How long ago, in milliseconds. @default {0} */
  readonly ageMs?: number;
}

/** A route as the cache keeps it. The rules change it; others read. */
export class KeptRoute {
  /** The topic. */
  readonly topic: string;
  /** The route, addresses mapped. The same object until it differs. */
  route: TopicRouteData;
  /** 1 at first; grows by one each time the route differs. */
  version: number = 1;
  /** The last answer, as received. */
  bytes: Uint8Array;
  /** The same, as {@link sameBytes} wants them. */
  words: Int32Array;
  /** Who gave it. */
  server: string = "";
  /** When, in milliseconds since the epoch. */
  fetchedAt: number = 0;
  /** When, on the clock that never goes back. */
  checkedAt: number = 0;
  /** Declared wrong: not given before a server was asked again. */
  invalid: boolean = false;
  /** Something that it names has failed: given, but asked for again. */
  suspect: boolean = false;
  /** Whether it was asked for since it was last renewed. */
  asked: boolean = false;
  /** Not asked for again before, on the clock that never goes back: the last attempt failed. */
  retryAt: number = -Infinity;
  /** Since when servers say that there is no such topic while nobody else can be asked. */
  deniedAt: number | undefined;
  /** Whether the cache has let it go. */
  removed: boolean = false;
  /** When it is to be renewed: bookkeeping of {@link RefreshSchedule}. */
  dueSlot: number | undefined;
  /** Whether it was planned before. */
  isSpread: boolean = false;
  /** Bookkeeping of {@link Recency}: who was used after and before. */
  newer: KeptRoute | undefined;
  older: KeptRoute | undefined;
  /** What was computed of this version. */
  publish: readonly MessageQueue[] | undefined;
  subscribe: readonly MessageQueue[] | undefined;
  /** The route as what a call gives: one for all calls of this version. */
  answer: Promise<TopicRouteData> | undefined;

  /** @param bytes A copy of its own. */
  constructor(topic: string, route: TopicRouteData, bytes: Uint8Array) {
    this.topic = topic;
    this.route = route;
    this.bytes = bytes;
    this.words = wordsOf(bytes);
  }

  /** A server has said it again, or anew. */
  confirm({ server, ageMs = 0 }: RouteAnswer, { now, epochMs }: CacheTime): void {
    this.server = server;
    this.fetchedAt = epochMs - ageMs;
    this.checkedAt = now - ageMs;
    this.invalid = this.suspect = this.asked = false;
    this.retryAt = -Infinity;
    this.deniedAt = undefined;
  }

  /** Another answer. @param bytes A copy of its own. */
  takeBytes(bytes: Uint8Array): void {
    this.bytes = bytes;
    this.words = wordsOf(bytes);
  }

  /** Puts another route in its place. */
  replace(route: TopicRouteData): void {
    this.route = route;
    this.version++;
    this.publish = this.subscribe = this.answer = undefined;
  }
}
