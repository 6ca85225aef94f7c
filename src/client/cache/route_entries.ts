import type { TopicNotFoundError } from "../../errors.ts";
import type { BrokerData } from "../../model/broker_data.ts";
import { parseTopicRoute, type TopicRouteData } from "../../model/topic_route.ts";
import { sameRoute } from "../../route/same_route.ts";
import { BrokerIndex } from "./broker_index.ts";
import { Denials } from "./denials.ts";
import { type CacheTime, KeptRoute, type RouteAnswer } from "./kept_route.ts";
import { mapAddresses } from "./map_addresses.ts";
import type { RouteCacheSettings } from "./options.ts";
import { Recency } from "./recency.ts";
import type { RouteCacheStats, RouteEntry } from "./route_entry.ts";
import { sameBytes } from "./same_bytes.ts";

/** After an attempt that failed, the same route is not asked for again for so long. */
const RETRY_MS = 1000;

/**
 * The rules of the cache: what is kept, for how long, and what a server's answer changes. No I/O, timer or clock of its own: `now` is the
 * caller's, in milliseconds on a clock that never goes back. The client that awaits and the one that blocks share it.
 */
export class RouteEntries {
  readonly settings: RouteCacheSettings;
  /** How old a route may be to be of use, in milliseconds. */
  readonly lifeMs: number;
  readonly #kept = new Map<string, KeptRoute>();
  readonly #recency = new Recency();
  readonly #denials: Denials;
  /** Made when a broker is first looked for. */
  #brokers: BrokerIndex | undefined;
  readonly #count = { hits: 0, misses: 0, staleAnswers: 0, refreshes: 0, unchanged: 0 };

  /** Nothing is kept at first. */
  constructor(settings: RouteCacheSettings) {
    this.settings = settings;
    this.lifeMs = Math.max(settings.ttlMs, settings.staleMs);
    this.#denials = new Denials(settings.negativeTtlMs, settings.maxEntries);
  }

  /** What was done so far. */
  stats(): RouteCacheStats {
    return { entries: this.#kept.size, ...this.#count };
  }

  /** What may be given at once, counted and noted as used; where it is not {@link isFresh}, it is to be renewed behind the caller's back. */
  use(topic: string, now: number): KeptRoute | undefined {
    const kept = this.find(topic, now);
    if (kept === undefined) return undefined;
    if (this.isFresh(kept, now)) this.#count.hits++;
    else this.#count.staleAnswers++;
    return kept;
  }

  /** What may be given at once, noted as used but not counted. */
  find(topic: string, now: number): KeptRoute | undefined {
    const kept = this.#kept.get(topic);
    if (kept === undefined || kept.invalid || now - kept.checkedAt >= this.lifeMs) return undefined;
    kept.asked = true;
    this.#recency.use(kept);
    return kept;
  }

  /** Whether a route was confirmed within `ttlMs`, and nothing speaks against it. */
  isFresh(kept: KeptRoute, now: number): boolean {
    return now - kept.checkedAt < this.settings.ttlMs && !kept.suspect && !kept.invalid;
  }

  /** Whether it is worth asking for a route again: it is not fresh, and the last attempt did not just fail. */
  isDue(kept: KeptRoute, now: number): boolean {
    return !this.isFresh(kept, now) && now >= kept.retryAt;
  }

  /** The entry as people see it, unused and uncounted. */
  entry(topic: string, now: number): RouteEntry | undefined {
    const kept = this.#kept.get(topic);
    if (kept === undefined || kept.invalid || now - kept.checkedAt >= this.lifeMs) return undefined;
    const { route, version, fetchedAt, server } = kept;
    return { topic, route, version, fetchedAt, state: this.isFresh(kept, now) ? "fresh" : "stale", server };
  }

  /** That a server said there is no such topic, within `negativeTtlMs`; counted. */
  denial(topic: string, now: number): TopicNotFoundError | undefined {
    const error = this.#denials.find(topic, now);
    if (error !== undefined) this.#count.hits++;
    return error;
  }

  /** Counts a call that has to wait. */
  missed(): void {
    this.#count.misses++;
  }

  /** Counts an old route that was given since no server could say anything. */
  gaveStale(): void {
    this.#count.staleAnswers++;
  }

  /** Whether a route is still in the cache and of use, invalid or not. */
  isAlive(kept: KeptRoute, now: number): boolean {
    return !kept.removed && now - kept.checkedAt < this.lifeMs;
  }

  /** Whether nothing of use is known of a topic, and nothing is known to be wrong: a store may help. */
  isCold(topic: string, now: number): boolean {
    const kept = this.#kept.get(topic);
    return kept === undefined || (!kept.invalid && !this.isAlive(kept, now));
  }

  /** Whether an answer, perhaps of another process, is not too old. */
  isOfUse({ ageMs = 0 }: RouteAnswer): boolean {
    return ageMs < this.lifeMs;
  }

  /** What is left to fall back on when servers fail or deny the topic, invalid or not; the question to the server is counted. */
  fallback(topic: string, now: number): KeptRoute | undefined {
    const kept = this.#kept.get(topic);
    if (kept === undefined || now - kept.checkedAt >= this.lifeMs) return undefined;
    this.#count.refreshes++;
    return kept;
  }

  /**
   * Takes a server's answer in. The same bytes as before: the same object, and nothing is parsed. A route that differs: another version.
   *
   * @throws {NameServerDataParseError} If it is no route. What `mapAddress` throws.
   */
  accept(topic: string, answer: RouteAnswer, time: CacheTime): KeptRoute {
    const kept = this.#kept.get(topic);
    this.#denials.forget(topic);
    if (kept === undefined) return this.#add(topic, answer, time);
    if (sameBytes(kept.bytes, answer.body, kept.words)) this.#count.unchanged++;
    else this.#change(kept, this.#read(answer), answer.body.slice());
    kept.confirm(answer, time);
    return kept;
  }

  /** A server says that there is no such topic, and nothing speaks against it. */
  deny(topic: string, error: TopicNotFoundError, now: number): void {
    const kept = this.#kept.get(topic);
    if (kept !== undefined) this.#remove(kept);
    this.#denials.add(topic, error, now);
  }

  /** No server could say anything: what is kept is given again, and servers are left alone for a second. */
  failed(kept: KeptRoute, now: number): void {
    if (kept.invalid) kept.suspect = true;
    kept.invalid = false;
    kept.retryAt = now + RETRY_MS;
  }

  /** Declares a route wrong, or all: none is given before a server was asked again. @returns What is affected. */
  invalidate(topic?: string): readonly KeptRoute[] {
    this.#denials.forget(topic);
    return this.#mark((kept) => {
      if (topic !== undefined && kept.topic !== topic) return false;
      kept.retryAt = -Infinity;
      return kept.invalid = true;
    }, topic);
  }

  /** Something at this address failed: routes that name it, or came from it, are to be renewed. @returns What is affected. */
  suspect(address: string): readonly KeptRoute[] {
    return this.#mark((kept) => kept.suspect = kept.server === address || kept.suspect || names(kept.route, address));
  }

  /** The broker as the route that came last has it. */
  broker(brokerName: string): BrokerData | undefined {
    if (this.#brokers === undefined) {
      this.#brokers = new BrokerIndex();
      for (const { topic, route } of this.#kept.values()) this.#brokers.add(topic, route);
    }
    return this.#brokers.find(brokerName);
  }

  /** Forgets everything. */
  clear(): void {
    for (const kept of this.#kept.values()) this.#remove(kept);
    this.#denials.forget();
  }

  #mark(touch: (kept: KeptRoute) => boolean, topic?: string): readonly KeptRoute[] {
    const one = topic === undefined ? undefined : this.#kept.get(topic);
    const candidates = topic === undefined ? [...this.#kept.values()] : one === undefined ? [] : [one];
    return candidates.filter(touch);
  }

  #read({ body }: RouteAnswer): TopicRouteData {
    return mapAddresses(parseTopicRoute(body), this.settings.mapAddress);
  }

  #add(topic: string, answer: RouteAnswer, time: CacheTime): KeptRoute {
    const kept = new KeptRoute(topic, this.#read(answer), answer.body.slice());
    kept.confirm(answer, time);
    this.#kept.set(topic, kept);
    this.#recency.use(kept);
    this.#brokers?.add(topic, kept.route);
    if (this.#kept.size > this.settings.maxEntries) this.#remove(this.#recency.oldest!);
    return kept;
  }

  #change(kept: KeptRoute, route: TopicRouteData, bytes: Uint8Array): void {
    kept.takeBytes(bytes);
    if (sameRoute(kept.route, route)) return;
    this.#brokers?.remove(kept.topic, kept.route);
    kept.replace(route);
    this.#brokers?.add(kept.topic, kept.route);
  }

  #remove(kept: KeptRoute): void {
    kept.removed = true;
    this.#kept.delete(kept.topic);
    this.#recency.delete(kept);
    this.#brokers?.remove(kept.topic, kept.route);
  }
}

function names({ brokerDatas }: TopicRouteData, address: string): boolean {
  return brokerDatas.some(({ brokerAddrs }) => Object.values(brokerAddrs).includes(address));
}
