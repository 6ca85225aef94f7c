import { TopicNotFoundError } from "../../errors.ts";
import type { Remote, RequestOptions } from "../../remote/remote.ts";
import { queryTopicRouteInfo } from "../../request/route.ts";
import type { CacheWarning } from "./cache_warning.ts";
import { type Ask, type FetchContext, type Fetched, fetchRoute, type Told } from "./fetch_route.ts";
import type { CacheTime } from "./kept_route.ts";
import type { RouteEntries } from "./route_entries.ts";
import type { StoreClient } from "./store_client.ts";
import { answerOf } from "./stored_route.ts";

/** What a fetcher works with. */
export interface FetcherContext {
  readonly entries: RouteEntries;
  readonly remote: Remote;
  readonly store: StoreClient | undefined;
  /** The client's own deadline; the remote's if it is left out. */
  readonly timeoutMs: number | undefined;
  time(): CacheTime;
  report(warning: CacheWarning): void;
}

/** Brings routes into the cache: from the store where nothing is known, else from a server. One question a topic at a time. */
export class RouteFetcher {
  readonly #context: FetcherContext;
  readonly #flights = new Map<string, Promise<Fetched>>();
  /** Topics, and a time, that the store is not to be believed about. */
  readonly #distrusted = new Set<string>();
  #trustedFrom = -Infinity;

  constructor(context: FetcherContext) {
    this.#context = context;
  }

  /** Fetches a topic's route, with whoever is fetching it already. @throws As `fetchRoute`. */
  fetch(topic: string): Promise<Fetched> {
    const shared = this.#flights.get(topic);
    if (shared !== undefined) return shared;
    const flight = this.#fetch(topic);
    this.#flights.set(topic, flight);
    const landed = (): void => {
      if (this.#flights.get(topic) === flight) this.#flights.delete(topic);
    };
    flight.then(landed, landed);
    return flight;
  }

  /** What was asked before counts no more for this topic, or for any; nor does what is stored. */
  distrust(topic?: string): void {
    if (topic === undefined) {
      this.#flights.clear();
      this.#trustedFrom = this.#context.time().epochMs;
    } else {
      this.#flights.delete(topic);
      if (this.#context.store !== undefined) this.#distrusted.add(topic);
    }
  }

  async #fetch(topic: string): Promise<Fetched> {
    return await this.#fromStore(topic) ?? await this.#fromServer(topic);
  }

  async #fromStore(topic: string): Promise<Fetched | undefined> {
    const { store, entries, time } = this.#context;
    if (store === undefined || this.#distrusted.delete(topic) || !entries.isCold(topic, time().now)) return undefined;
    const stored = await store.read(topic);
    if (stored === undefined || stored.fetchedAt <= this.#trustedFrom) return undefined;
    const at = time(); // once, so that the age and the time it is taken from fit together
    const answer = answerOf(stored, at.epochMs);
    if (!entries.isOfUse(answer)) return undefined;
    try {
      return { kept: entries.accept(topic, answer, at), confirmed: true };
    } catch (error) {
      store.drop(topic, error);
      return undefined;
    }
  }

  async #fromServer(topic: string): Promise<Fetched> {
    const { entries, remote, store, time, report } = this.#context;
    const context: FetchContext = { entries, time, report, addresses: () => remote.addresses };
    try {
      const fetched = await this.#perform(topic, fetchRoute(topic, context));
      if (fetched.confirmed) store?.write(fetched.kept);
      return fetched;
    } catch (error) {
      if (error instanceof TopicNotFoundError) store?.remove(topic);
      throw error;
    }
  }

  async #perform(topic: string, steps: Generator<Ask, Fetched, Told>): Promise<Fetched> {
    const startedAt = this.#context.time().now;
    let step = steps.next();
    while (!step.done) step = steps.next(await this.#ask(topic, step.value, startedAt));
    return step.value;
  }

  /** All questions about a topic share one deadline, where the client has its own. */
  async #ask(topic: string, { address }: Ask, startedAt: number): Promise<Told> {
    const { remote, timeoutMs, time } = this.#context;
    const options: RequestOptions = {
      idempotent: true,
      ...(address !== undefined && { address }),
      ...(timeoutMs !== undefined && { timeoutMs: Math.max(1, timeoutMs - (time().now - startedAt)) }),
    };
    try {
      return { response: await remote.request(queryTopicRouteInfo.encode(topic), options) };
    } catch (error) {
      return { error };
    }
  }
}
