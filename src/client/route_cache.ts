import { NameServerTimeoutError } from "../errors.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import { checkTimeout } from "../remote/options.ts";
import type { RemoteEvent } from "../remote/events.ts";
import type { Remote } from "../remote/remote.ts";
import { runtimeTimers, type Timers } from "../remote/timers.ts";
import type { CallOptions } from "../request/call_options.ts";
import { requireName } from "../model/shape.ts";
import { masterAddress } from "../route/master_address.ts";
import type { MessageQueue } from "../route/message_queue.ts";
import { type BrokerAddress, subscribeAddress } from "../route/subscribe_address.ts";
import type { CacheWarning } from "./cache/cache_warning.ts";
import { CoarseClock } from "./cache/coarse_clock.ts";
import { askOnly } from "./cache/ask_only.ts";
import type { Fetched } from "./cache/fetch_route.ts";
import type { CacheTime, KeptRoute } from "./cache/kept_route.ts";
import { completeCacheOptions, type RouteCacheOptions } from "./cache/options.ts";
import { publishQueuesOf, subscribeQueuesOf } from "./cache/queues_of.ts";
import { Refresher } from "./cache/refresher.ts";
import { RouteEntries } from "./cache/route_entries.ts";
import type { RouteCacheStats, RouteEntry } from "./cache/route_entry.ts";
import { RouteFetcher } from "./cache/route_fetcher.ts";
import { StoreClient } from "./cache/store_client.ts";
import type { ClientEvents } from "./client_events.ts";
import { waitFor } from "./wait_for.ts";

/** Below this `ttlMs` the exact clock is worth its price. */
const LAG_MATTERS_MS = 1000;

/** What a cache works with. */
export interface RouteCacheContext {
  readonly remote: Remote;
  readonly events: ClientEvents;
  /** The client's own deadline; the remote's if it is left out. */
  readonly timeoutMs?: number | undefined;
  /** @default {those of the runtime} */
  readonly timers?: Timers;
  /** Milliseconds since the epoch. @default {Date.now} */
  readonly epochMs?: () => number;
}

/**
 * Routes kept and refreshed for you: `client.routes`. What is within `ttlMs` is given at once; topics in use are renewed in the background
 * before they are stale; an older route, up to `staleMs`, is given while a new one is fetched, and kept when no server answers. The cache
 * rests while nobody asks, and never keeps the process alive.
 *
 * @example Ask once, look often
 * ```ts
 * import { connect } from "@rmq/nameserver";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * server.setTopicRoute("orders", {
 *   queueDatas: [{ brokerName: "a", readQueueNums: 4, writeQueueNums: 4, perm: 6, topicSysFlag: 0 }],
 *   brokerDatas: [{ cluster: "c", brokerName: "a", brokerAddrs: { "0": "10.0.0.1:10911" }, enableActingMaster: false }],
 *   filterServerTable: {},
 * });
 * await using client = await connect(server.address, { adapter: server.adapter });
 * const queues = await client.routes.publishQueues("orders");
 * assertEquals(queues.length, 4);
 * assertEquals(client.routes.brokerAddressForPublish(queues[0]!.brokerName), "10.0.0.1:10911");
 * assertEquals(client.routes.peek("orders")?.queueDatas.length, 1); // no I/O
 * assertEquals(server.received.length, 1);
 * ```
 */
export class RouteCache {
  readonly #entries: RouteEntries;
  readonly #context: RouteCacheContext;
  readonly #timers: Timers;
  readonly #clock: { now(): number };
  readonly #coarseClock: CoarseClock;
  readonly #store: StoreClient | undefined;
  readonly #fetcher: RouteFetcher;
  readonly #refresher: Refresher;
  #listening = false;

  /** A client makes its own. @throws {RangeError} If a number among the options is out of its range. */
  constructor(context: RouteCacheContext, options: RouteCacheOptions = {}) {
    const { remote, timeoutMs, timers = runtimeTimers, epochMs = Date.now } = context;
    const settings = completeCacheOptions(options);
    const report = (warning: CacheWarning): void => context.events.publish(warning);
    const time = (): CacheTime => ({ now: timers.now(), epochMs: epochMs() });
    const entries = this.#entries = new RouteEntries(settings);
    this.#context = context;
    this.#timers = timers;
    this.#coarseClock = new CoarseClock(timers);
    this.#clock = settings.ttlMs < LAG_MATTERS_MS ? timers : this.#coarseClock;
    this.#store = options.store && new StoreClient(options.store, { timers, lifeMs: entries.lifeMs, report });
    this.#fetcher = new RouteFetcher({ entries, remote, store: this.#store, timeoutMs, time, report });
    this.#refresher = new Refresher({ entries, timers, fetch: (topic) => this.#fetch(topic) });
  }

  /**
   * A topic's route. Concurrent misses share one request, with the client's own deadline; an abort or a timeout ends the caller's wait
   * only. The same object until the route differs: do not change it.
   *
   * @param options With `address`, that server is asked, and its answer is not kept.
   * @throws {TopicNotFoundError} If there is no such topic: remembered for `negativeTtlMs`.
   * @throws {NameServerError} If no server answers, and nothing is kept.
   * @throws {TypeError} If the topic is empty. The signal's reason.
   */
  get(topic: string, options?: CallOptions): Promise<TopicRouteData> {
    const kept = options === undefined ? this.#use(topic) : undefined;
    if (kept === undefined) return this.#find(topic, options).then((found) => found.route);
    return kept.answer ??= Promise.resolve(kept.route);
  }

  /** The route that is kept, fresh or stale, with no I/O; `undefined` if there is none, or it was declared wrong. It counts as used. */
  peek(topic: string): TopicRouteData | undefined {
    return this.#entries.find(topic, this.#clock.now())?.route;
  }

  /** What is kept of a topic, and since when. It does not count as used. */
  entry(topic: string): RouteEntry | undefined {
    return this.#entries.entry(topic, this.#clock.now());
  }

  /**
   * Queues to send to, as the Java client computes them; the same list until the route differs. Segments of the order configuration that
   * make no sense are skipped, with an event of type `warning`.
   *
   * @throws As {@link get}, and {RangeError} If it is more than 65,536 queues of one broker, or 1,048,576 of all.
   */
  async publishQueues(topic: string, options?: CallOptions): Promise<readonly MessageQueue[]> {
    return publishQueuesOf(await this.#find(topic, options), (warning) => this.#context.events.publish(warning));
  }

  /** Queues to read from, as the Java client computes them; the same list until the route differs. @throws As {@link publishQueues}. */
  async subscribeQueues(topic: string, options?: CallOptions): Promise<readonly MessageQueue[]> {
    return subscribeQueuesOf(await this.#find(topic, options));
  }

  /** The address of a broker's master, as the route that came last has it; `undefined` where there is none. With no I/O. */
  brokerAddressForPublish(brokerName: string): string | undefined {
    const broker = this.#entries.broker(brokerName);
    return broker && masterAddress(broker);
  }

  /**
   * Where to read from: the address of `brokerId`; else, for a slave, that of `brokerId + 1` even with `only`; else any other of the broker
   * unless `only`. With no I/O.
   */
  brokerAddressForSubscribe(brokerName: string, brokerId: number, only: boolean = false): BrokerAddress | undefined {
    const broker = this.#entries.broker(brokerName);
    return broker && subscribeAddress(broker, brokerId, only);
  }

  /**
   * Declares a topic's route wrong, or all: a server is asked before one is given again. Only if no server answers, the old one is. Topics
   * in use are asked for at once, in the background.
   */
  invalidate(topic?: string): void {
    const affected = this.#entries.invalidate(topic);
    this.#fetcher.distrust(topic);
    this.#renewUsed(affected);
  }

  /**
   * Something at this address failed, a broker or a server: routes that name it, or came from it, are to be renewed; those in use at once, in
   * the background. The client does so itself where a connection of its own fails.
   */
  suspect(address: string): void {
    this.#renewUsed(this.#entries.suspect(address));
  }

  /** What the cache has done so far. */
  stats(): RouteCacheStats {
    return this.#entries.stats();
  }

  /** Forgets everything, and asks for nothing in the background any more. Resolves when the store is done, within 250 ms. A client calls it. */
  close(): Promise<void> {
    this.#refresher.close();
    this.#coarseClock.close();
    this.#entries.clear();
    return this.#store?.settled() ?? Promise.resolve();
  }

  /** What may be given at once; renewed behind the caller's back where it is no longer fresh. */
  #use(topic: string): KeptRoute | undefined {
    const now = this.#clock.now();
    const kept = this.#entries.use(topic, now);
    if (kept !== undefined && this.#entries.isDue(kept, now)) this.#refresher.renew(kept);
    return kept;
  }

  async #find(topic: string, options: CallOptions = {}): Promise<KeptRoute> {
    const { signal, timeoutMs, address } = options;
    requireName("topic", topic);
    if (timeoutMs !== undefined) checkTimeout("timeoutMs", timeoutMs);
    signal?.throwIfAborted();
    if (address !== undefined) return await askOnly(this.#context.remote, this.#entries.settings, { topic, options });
    const kept = this.#use(topic);
    if (kept !== undefined) return kept;
    const denial = this.#entries.denial(topic, this.#clock.now());
    if (denial !== undefined) throw denial;
    return await this.#wait(topic, signal, timeoutMs);
  }

  async #wait(topic: string, signal: AbortSignal | undefined, timeoutMs: number | undefined): Promise<KeptRoute> {
    this.#entries.missed();
    const flight = this.#fetch(topic);
    const alone = signal === undefined && timeoutMs === undefined;
    const { kept, confirmed } = await (alone ? flight : waitFor(flight, { signal, timeoutMs, timers: this.#timers, onTimeout: timedOut }));
    if (!confirmed) this.#entries.gaveStale();
    else if (this.#entries.isDue(kept, this.#clock.now()) && this.#entries.settings.ttlMs > 0) this.#refresher.renew(kept); // from a store
    return kept;
  }

  async #fetch(topic: string): Promise<Fetched> {
    const fetched = await this.#fetcher.fetch(topic);
    if (fetched.confirmed) this.#confirmed(fetched.kept);
    return fetched;
  }

  #confirmed(kept: KeptRoute): void {
    if (!this.#listening) {
      this.#listening = true;
      this.#context.events.listen((event) => this.#take(event));
    }
    if (kept.dueSlot === undefined) this.#refresher.plan(kept);
  }

  #take(event: RemoteEvent): void {
    if (event.type === "disconnected" && event.error !== undefined) this.suspect(event.address);
    else if (event.type === "failover") this.suspect(event.from);
  }

  #renewUsed(affected: readonly KeptRoute[]): void {
    for (const kept of affected) if (kept.asked) this.#refresher.renew(kept);
  }
}

function timedOut(timeoutMs: number): NameServerTimeoutError {
  const message = `Cannot query topic route info: no answer within ${Math.round(timeoutMs)} ms`;
  return new NameServerTimeoutError(message, { timeoutMs, operation: "queryTopicRouteInfo" });
}
