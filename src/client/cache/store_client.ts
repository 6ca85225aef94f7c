import type { Timers } from "../../remote/timers.ts";
import { waitFor } from "../wait_for.ts";
import { type CacheWarning, storeFailed } from "./cache_warning.ts";
import type { KeptRoute } from "./kept_route.ts";
import type { RouteStore } from "./route_store.ts";
import { formatStoredRoute, parseStoredRoute, type StoredRoute, storeKey } from "./stored_route.ts";

/** A call waits no longer for a store than this; then it asks a server. */
const READ_MS = 250;
/** A store that took longer is not waited for again for so long. */
const PAUSE_MS = 5000;
/** A client that closes waits no longer than this for what it is still writing. */
const CLOSE_MS = 250;

/** What a store client needs around it. */
export interface StoreContext {
  readonly timers: Timers;
  /** How long stored routes are of use, in milliseconds. */
  readonly lifeMs: number;
  report(warning: CacheWarning): void;
}

type Change = () => Promise<void> | void;

/** A store, of which nothing is expected: it may fail, hang or give nonsense, and is reported then. No method throws or rejects. */
export class StoreClient {
  readonly #store: RouteStore;
  readonly #context: StoreContext;
  /** Changes under way by topic, each with the one to come after it. */
  readonly #changing = new Map<string, Change | undefined>();
  readonly #pending = new Set<Promise<unknown>>();
  #pausedUntil = -Infinity;

  constructor(store: RouteStore, context: StoreContext) {
    this.#store = store;
    this.#context = context;
  }

  /** The topic's route, if the store has one and says so within 250 ms. */
  async read(topic: string): Promise<StoredRoute | undefined> {
    const { timers } = this.#context;
    if (timers.now() < this.#pausedUntil) return undefined;
    const value = await this.#attempt("read route of topic", topic, () => this.#ask(topic));
    if (value === undefined || value === null) return undefined;
    try {
      return parseStoredRoute(topic, value);
    } catch (error) {
      this.drop(topic, error);
      return undefined;
    }
  }

  /** Stores a route, behind the caller's back. */
  write({ topic, bytes, server, fetchedAt }: KeptRoute): void {
    const ttl = Math.max(1, Math.ceil(this.#context.lifeMs / 1000));
    const put = () => {
      const text = formatStoredRoute({ topic, body: bytes, server, fetchedAt });
      return this.#store.setItem(storeKey(topic), text, { ttl });
    };
    this.#change(topic, () => this.#attempt("store route of topic", topic, put));
  }

  /** Forgets a topic, where the store can. */
  remove(topic: string): void {
    this.#change(topic, () => this.#attempt("remove route of topic", topic, () => this.#store.removeItem?.(storeKey(topic))));
  }

  /** Forgets what can't be read, and says so. */
  drop(topic: string, error: unknown): void {
    this.#context.report(storeFailed("use the stored route of topic", topic, error));
    this.remove(topic);
  }

  /** When everything that was asked of the store is done, or after 250 ms. */
  async settled(): Promise<void> {
    if (this.#pending.size === 0) return;
    const all = Promise.allSettled(this.#pending);
    await waitFor(all, { timeoutMs: CLOSE_MS, timers: this.#context.timers, onTimeout: () => undefined }).catch(() => {});
  }

  #ask(topic: string): Promise<unknown> {
    const asked = this.#track(Promise.resolve(this.#store.getItem(storeKey(topic))));
    return waitFor(asked, { timeoutMs: READ_MS, timers: this.#context.timers, onTimeout: () => this.#tooSlow() });
  }

  #tooSlow(): Error {
    this.#pausedUntil = this.#context.timers.now() + PAUSE_MS;
    return new Error(`no answer within ${READ_MS} ms; not asked again for ${PAUSE_MS} ms`);
  }

  /** One change of a topic at a time; of those that come meanwhile, the last. */
  #change(topic: string, change: Change): void {
    if (this.#changing.has(topic)) {
      this.#changing.set(topic, change);
      return;
    }
    this.#changing.set(topic, undefined);
    void this.#track(this.#run(topic, change));
  }

  async #run(topic: string, change: Change): Promise<void> {
    for (let next: Change | undefined = change; next !== undefined; next = this.#changing.get(topic)) {
      this.#changing.set(topic, undefined);
      await next();
    }
    this.#changing.delete(topic);
  }

  async #attempt<T>(action: string, topic: string, attempt: () => Promise<T> | T): Promise<T | undefined> {
    try {
      return await attempt();
    } catch (error) {
      this.#context.report(storeFailed(action, topic, error));
      return undefined;
    }
  }

  #track<T>(promise: Promise<T>): Promise<T> {
    this.#pending.add(promise);
    const done = (): void => void this.#pending.delete(promise);
    promise.then(done, done);
    return promise;
  }
}
