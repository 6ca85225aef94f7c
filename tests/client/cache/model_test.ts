import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { RouteEntries } from "../../../src/client/cache/route_entries.ts";
import { RouteFetcher } from "../../../src/client/cache/route_fetcher.ts";
import type { RouteStore } from "../../../src/client/cache/route_store.ts";
import { StoreClient } from "../../../src/client/cache/store_client.ts";
import { NameServerConnectionError, TopicNotFoundError } from "../../../src/errors.ts";
import type { TopicRouteData } from "../../../src/model/topic_route.ts";
import { test } from "../../harness.ts";
import { FakeTimers } from "../../remote/fake_timers.ts";
import { routeOf } from "./bodies.ts";
import { denies, has, ScriptedRemote } from "./scripted_remote.ts";

// The simple model: one server, routes that are numbers, a store that works.

const TTL_MS = 100, STALE_MS = 4000, NEGATIVE_MS = 30, RETRY_MS = 1000, SUSPICION_MS = 60_000, MOST = 3;

interface Known {
  route: number;
  version: number;
  checkedAt: number;
  invalid: boolean;
  suspect: boolean;
  retryAt: number;
  deniedAt: number | undefined;
}

/** What the cache should do, said as simply as it can be. */
class Model {
  now = 0;
  up = true;
  readonly server = new Map<string, number>();
  /** Least recently used first. */
  readonly known = new Map<string, Known>();
  readonly denied = new Map<string, number>();
  readonly stored = new Map<string, { readonly route: number; readonly fetchedAt: number }>();
  readonly distrusted = new Set<string>();
  trustedFrom = -Infinity;
  asked = 0;

  get(topic: string): number | "down" | "absent" {
    const known = this.visible(topic);
    if (known !== undefined) {
      const { route } = known;
      if (!this.isFresh(known) && this.now >= known.retryAt) this.fetch(topic);
      return route;
    }
    if (this.now < (this.denied.get(topic) ?? -Infinity)) return "absent";
    return this.fetch(topic);
  }

  visible(topic: string): Known | undefined {
    const known = this.known.get(topic);
    if (known === undefined || known.invalid || this.now - known.checkedAt >= STALE_MS) return undefined;
    this.known.delete(topic);
    this.known.set(topic, known);
    return known;
  }

  isFresh(known: Known): boolean {
    return this.now - known.checkedAt < TTL_MS && !known.suspect;
  }

  fetch(topic: string): number | "down" | "absent" {
    const stored = this.fromStore(topic);
    if (stored !== undefined) {
      const known = this.confirm(topic, stored.route, stored.fetchedAt);
      if (!this.isFresh(known)) this.ask(topic); // in the background
      return stored.route;
    }
    return this.ask(topic);
  }

  fromStore(topic: string): { readonly route: number; readonly fetchedAt: number } | undefined {
    if (this.distrusted.delete(topic)) return undefined;
    const known = this.known.get(topic);
    if (known !== undefined && (known.invalid || this.now - known.checkedAt < STALE_MS)) return undefined;
    const stored = this.stored.get(topic);
    if (stored === undefined || stored.fetchedAt <= this.trustedFrom || this.now - stored.fetchedAt >= STALE_MS) return undefined;
    return stored;
  }

  ask(topic: string): number | "down" | "absent" {
    this.asked++;
    const known = this.known.get(topic);
    const kept = known !== undefined && this.now - known.checkedAt < STALE_MS ? known : undefined;
    const route = this.server.get(topic);
    if (this.up && route !== undefined) {
      this.confirm(topic, route, this.now);
      this.stored.set(topic, { route, fetchedAt: this.now });
      return route;
    }
    if (kept === undefined) return this.up ? this.deny(topic) : "down";
    if (this.up) {
      kept.deniedAt ??= this.now;
      if (this.now - kept.deniedAt >= SUSPICION_MS) return this.deny(topic);
    }
    kept.suspect ||= kept.invalid;
    kept.invalid = false;
    kept.retryAt = this.now + RETRY_MS;
    return kept.route;
  }

  confirm(topic: string, route: number, checkedAt: number): Known {
    const known = this.known.get(topic);
    const version = known === undefined ? 1 : known.version + Number(known.route !== route);
    const fresh = { route, version, checkedAt, invalid: false, suspect: false, retryAt: -Infinity, deniedAt: undefined };
    if (known === undefined) this.known.set(topic, fresh);
    else Object.assign(known, fresh);
    this.denied.delete(topic);
    if (this.known.size > MOST) this.known.delete(this.known.keys().next().value!);
    return this.known.get(topic)!;
  }

  deny(topic: string): "absent" {
    this.known.delete(topic);
    this.stored.delete(topic);
    this.denied.delete(topic);
    this.denied.set(topic, this.now + NEGATIVE_MS);
    if (this.denied.size > MOST) this.denied.delete(this.denied.keys().next().value!);
    return "absent";
  }

  invalidate(topic: string | undefined): void {
    if (topic === undefined) {
      this.denied.clear();
      this.trustedFrom = this.now;
    } else {
      this.denied.delete(topic);
      this.distrusted.add(topic);
    }
    for (const [name, known] of this.known) {
      if (topic === undefined || name === topic) Object.assign(known, { invalid: true, retryAt: -Infinity });
    }
  }
}

/** The rules and the fetcher, on the model's clock, server and store; renewals are awaited, as a client does that blocks. */
class Real {
  now = 0;
  readonly store = new Map<string, string>();
  readonly remote: ScriptedRemote;
  readonly entries: RouteEntries;
  readonly fetcher: RouteFetcher;

  constructor(model: Model) {
    this.remote = new ScriptedRemote(({ topic }) => {
      if (!model.up) throw new NameServerConnectionError("Cannot dial", { code: "NAMESRV_CONNECT" });
      const route = model.server.get(topic);
      return route === undefined ? denies() : has(routeOf([`r${route}`]));
    });
    const settings = { ttlMs: TTL_MS, staleMs: STALE_MS, negativeTtlMs: NEGATIVE_MS, maxEntries: MOST };
    const entries = this.entries = new RouteEntries(settings);
    const report = (): void => {};
    const map: RouteStore = {
      getItem: (key) => this.store.get(key),
      setItem: (key, value) => void this.store.set(key, value),
      removeItem: (key) => void this.store.delete(key),
    };
    const store = new StoreClient(map, { timers: new FakeTimers(), lifeMs: entries.lifeMs, report });
    const time = () => ({ now: this.now, epochMs: this.now });
    this.fetcher = new RouteFetcher({ entries, remote: this.remote, store, timeoutMs: undefined, time, report });
  }

  async get(topic: string): Promise<number | "down" | "absent"> {
    try {
      return numberOf(await this.#find(topic));
    } catch (error) {
      return error instanceof TopicNotFoundError ? "absent" : "down";
    }
  }

  async #find(topic: string): Promise<TopicRouteData> {
    const used = this.entries.use(topic, this.now);
    const denial = used === undefined ? this.entries.denial(topic, this.now) : undefined;
    if (denial !== undefined) throw denial;
    const kept = used ?? (await this.fetcher.fetch(topic)).kept;
    const { route } = kept;
    if (this.entries.isDue(kept, this.now)) await this.fetcher.fetch(topic).catch(() => {});
    return route;
  }
}

function numberOf(route: TopicRouteData): number {
  return Number(route.brokerDatas[0]!.brokerName.slice(1));
}

type Step = fc.AsyncCommand<Model, Real>;
const TOPICS = ["a", "b", "c", "d"] as const;

function step(name: string, run: (model: Model, real: Real) => Promise<void> | void): Step {
  return { check: () => true, run: async (model, real) => await run(model, real), toString: () => name };
}

const topic = fc.constantFrom(...TOPICS);
const steps: fc.Arbitrary<Step>[] = [
  topic.map((topic) => step(`get ${topic}`, async (model, real) => assertEquals(await real.get(topic), model.get(topic)))),
  topic.map((topic) =>
    step(`look at ${topic}`, (model, real) => {
      const known = model.known.get(topic);
      const isSeen = known !== undefined && !known.invalid && model.now - known.checkedAt < STALE_MS;
      const entry = real.entries.entry(topic, real.now);
      assertEquals(
        entry && [numberOf(entry.route), entry.version, entry.state, entry.fetchedAt],
        isSeen ? [known.route, known.version, model.isFresh(known) ? "fresh" : "stale", known.checkedAt] : undefined,
      );
      assertEquals(real.entries.stats().entries, model.known.size);
    })
  ),
  topic.map((topic) =>
    step(`peek ${topic}`, (model, real) => {
      const known = model.visible(topic);
      assertEquals(real.entries.find(topic, real.now)?.route.brokerDatas[0]?.brokerName, known && `r${known.route}`);
    })
  ),
  fc.tuple(topic, fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined })).map(([topic, route]) =>
    step(`server has ${topic} = ${route}`, (model) => {
      if (route === undefined) model.server.delete(topic);
      else model.server.set(topic, route);
    })
  ),
  fc.boolean().map((up) => step(up ? "up" : "down", (model) => void (model.up = up))),
  fc.constantFrom(1, 29, 30, 99, 100, 300, 950, 1000, 3650, 4000, 60_000).map((ms) =>
    step(`${ms} ms pass`, (model, real) => {
      model.now += ms;
      real.now += ms;
    })
  ),
  fc.option(topic, { nil: undefined }).map((topic) =>
    step(`invalidate ${topic ?? "all"}`, (model, real) => {
      model.invalidate(topic);
      real.entries.invalidate(topic);
      real.fetcher.distrust(topic);
    })
  ),
];

test("the cache's rules do what a simple model of them does, whatever comes: calls, answers, outages, time, invalidation, stored routes", async () => {
  const property = fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: "max" }), async (commands) => {
    const model = new Model();
    const real = new Real(model);
    await fc.asyncModelRun(() => ({ model, real }), commands);
    assertEquals([real.remote.topics.length, real.store.size], [model.asked, model.stored.size]);
  });
  await fc.assert(property, { numRuns: 3000 });
});
