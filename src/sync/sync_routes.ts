import type { CacheWarning } from "../client/cache/cache_warning.ts";
import { type Ask, type Fetched, fetchRoute, type Told } from "../client/cache/fetch_route.ts";
import { type CacheTime, KeptRoute } from "../client/cache/kept_route.ts";
import { mapAddresses } from "../client/cache/map_addresses.ts";
import { completeCacheOptions, type RouteCacheOptions } from "../client/cache/options.ts";
import { publishQueuesOf, subscribeQueuesOf } from "../client/cache/queues_of.ts";
import { RouteEntries } from "../client/cache/route_entries.ts";
import type { RouteCacheStats, RouteEntry } from "../client/cache/route_entry.ts";
import { requireName } from "../model/shape.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { checkTimeout, REMOTE_DEFAULTS } from "../remote/options.ts";
import { readAnswer } from "../request/read_answer.ts";
import { queryTopicRouteInfo } from "../request/route.ts";
import type { MessageQueue } from "../route/message_queue.ts";
import type { SyncCallOptions } from "./options.ts";
import type { SyncRemote } from "./sync_remote.ts";

/** How a client that blocks keeps routes: a store could not be awaited, so there is none. */
export type SyncRouteOptions = Omit<RouteCacheOptions, "store">;

/** Nobody hears of what was put up with: a client that blocks has no events. */
const unheard = (_warning: CacheWarning): void => {};

/**
 * Routes kept for you, by the rules of the async client's `routes`: what is within `ttlMs` is given at once, without a wake-up of the
 * worker. Nothing goes on behind a thread that blocks: an older route is renewed by the call that asks for it, and kept, up to `staleMs`,
 * when no server answers.
 */
export class SyncRoutes {
  readonly #remote: SyncRemote;
  readonly #entries: RouteEntries;
  readonly #timeoutMs: number;

  /** A client makes its own. @param timeoutMs Its deadline. @throws {RangeError} If a number among the options is out of its range. */
  constructor(remote: SyncRemote, timeoutMs: number = REMOTE_DEFAULTS.timeoutMs, options: SyncRouteOptions = {}) {
    this.#remote = remote;
    this.#timeoutMs = timeoutMs;
    this.#entries = new RouteEntries(completeCacheOptions(options));
  }

  /**
   * A topic's route. The same object until the route differs: do not change it.
   *
   * @param options With `address`, that server is asked, and its answer is not kept.
   * @throws {TopicNotFoundError} If there is no such topic: remembered for `negativeTtlMs`.
   * @throws {NameServerError} If no server answers, and nothing is kept.
   * @throws {TypeError} If the topic is empty.
   */
  get(topic: string, options?: SyncCallOptions): TopicRouteData {
    return this.#find(topic, options).route;
  }

  /** The route that is kept, fresh or stale, with no I/O; `undefined` if there is none, or it was declared wrong. It counts as used. */
  peek(topic: string): TopicRouteData | undefined {
    return this.#entries.find(topic, performance.now())?.route;
  }

  /** What is kept of a topic, and since when. It does not count as used. */
  entry(topic: string): RouteEntry | undefined {
    return this.#entries.entry(topic, performance.now());
  }

  /**
   * Queues to send to, as the Java client computes them; the same list until the route differs.
   *
   * @throws As {@link get}, and {RangeError} If it is more than 65,536 queues of one broker, or 1,048,576 of all.
   */
  publishQueues(topic: string, options?: SyncCallOptions): readonly MessageQueue[] {
    return publishQueuesOf(this.#find(topic, options), unheard);
  }

  /** Queues to read from, as the Java client computes them; the same list until the route differs. @throws As {@link publishQueues}. */
  subscribeQueues(topic: string, options?: SyncCallOptions): readonly MessageQueue[] {
    return subscribeQueuesOf(this.#find(topic, options));
  }

  /** Declares a topic's route wrong, or all: a server is asked before one is given again. Only if no server answers, the old one is. */
  invalidate(topic?: string): void {
    this.#entries.invalidate(topic);
  }

  /** What the cache has done so far. */
  stats(): RouteCacheStats {
    return this.#entries.stats();
  }

  /** Forgets everything. A client calls it. */
  close(): void {
    this.#entries.clear();
  }

  #find(topic: string, options?: SyncCallOptions): KeptRoute {
    const now = performance.now();
    const kept = this.#entries.find(topic, now);
    if (options === undefined && kept !== undefined && !this.#entries.isDue(kept, now)) return this.#entries.use(topic, now)!;
    return this.#ask(topic, options ?? {}, now);
  }

  #ask(topic: string, options: SyncCallOptions, now: number): KeptRoute {
    requireName("topic", topic);
    const timeoutMs = options.timeoutMs === undefined ? this.#timeoutMs : checkTimeout("timeoutMs", options.timeoutMs);
    if (options.address !== undefined) return this.#askOnly(topic, options.address, timeoutMs);
    const kept = this.#entries.find(topic, now);
    if (kept !== undefined && !this.#entries.isDue(kept, now)) return this.#entries.use(topic, now)!;
    const denial = kept === undefined ? this.#entries.denial(topic, now) : undefined;
    if (denial !== undefined) throw denial;
    this.#entries.missed();
    const fetched = this.#fetch(topic, now + timeoutMs);
    if (!fetched.confirmed) this.#entries.gaveStale();
    return fetched.kept;
  }

  /** What one server says, whatever is kept. */
  #askOnly(topic: string, address: string, timeoutMs: number): KeptRoute {
    const response = this.#remote.request(queryTopicRouteInfo.encode(topic), { address, timeoutMs, idempotent: true });
    const route = readAnswer(queryTopicRouteInfo, response, topic);
    return new KeptRoute(topic, mapAddresses(route, this.#entries.settings.mapAddress), response.body);
  }

  /** Performs the steps of the rules by blocking; all of them share one deadline. */
  #fetch(topic: string, until: number): Fetched {
    const time = (): CacheTime => ({ now: performance.now(), epochMs: Date.now() });
    const steps = fetchRoute(topic, { entries: this.#entries, addresses: () => this.#remote.addresses, time, report: unheard });
    let step = steps.next();
    while (!step.done) step = steps.next(this.#tell(topic, step.value, until));
    return step.value;
  }

  #tell(topic: string, { address }: Ask, until: number): Told {
    const timeoutMs = Math.max(1, until - performance.now());
    try {
      const options = { idempotent: true, timeoutMs, ...(address !== undefined && { address }) };
      return { response: this.#remote.request(queryTopicRouteInfo.encode(topic), options) };
    } catch (error) {
      return { error };
    }
  }
}
