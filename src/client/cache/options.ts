import type { BrokerData } from "../../model/broker_data.ts";
import { checkFunction, checkMethods, checkNumber, checkOptions } from "../../remote/check_kind.ts";
import type { RouteStore } from "./route_store.ts";

/** How routes are kept. */
export interface RouteCacheOptions {
  /**
   * Milliseconds a route is fresh; 0 to 2,147,483,647. With 0 every answer is an old one that is renewed, or, without `staleMs`, a new one.
   * @default {30_000}
   */
  readonly ttlMs?: number;
  /**
   * Milliseconds since the last answer: after `ttlMs`, and up to this age, the old route is given at once while a new one is fetched, and
   * kept when no server answers; 0 to 2,147,483,647. @default {300_000}
   */
  readonly staleMs?: number;
  /** Milliseconds that "no such topic" is remembered; 0 to 2,147,483,647. @default {1000} */
  readonly negativeTtlMs?: number;
  /** Routes kept at most, 1 to 2,147,483,647: the least recently used leaves first. @default {10_000} */
  readonly maxEntries?: number;
  /** Shared between processes (Deno KV, Redis, Cloudflare KV, a file): a cold start asks it before a NameServer. */
  readonly store?: RouteStore;
  /**
   * Rewrites the brokers' addresses as they come in (NAT, tunnel, container network). Addresses of filter servers stay.
   *
   * @param address As the broker advertises it.
   */
  readonly mapAddress?: (address: string, broker: BrokerData) => string;
}

/** What {@link RouteCacheOptions} are where they are left out. */
export const ROUTE_CACHE_DEFAULTS = {
  ttlMs: 30_000,
  staleMs: 300_000,
  negativeTtlMs: 1000,
  maxEntries: 10_000,
} as const;

/** The options with their defaults. */
export interface RouteCacheSettings extends Pick<RouteCacheOptions, "mapAddress"> {
  readonly ttlMs: number;
  readonly staleMs: number;
  readonly negativeTtlMs: number;
  readonly maxEntries: number;
}

/** The options with their defaults. @throws {RangeError} If a number is out of its range. @throws {TypeError} If one is of the wrong kind. */
export function completeCacheOptions(options: RouteCacheOptions = {}): RouteCacheSettings {
  checkOptions(options);
  if (options.store !== undefined) checkMethods("store", options.store, ["getItem", "setItem"]);
  return {
    ttlMs: checkDuration("ttlMs", options.ttlMs ?? ROUTE_CACHE_DEFAULTS.ttlMs),
    staleMs: checkDuration("staleMs", options.staleMs ?? ROUTE_CACHE_DEFAULTS.staleMs),
    negativeTtlMs: checkDuration("negativeTtlMs", options.negativeTtlMs ?? ROUTE_CACHE_DEFAULTS.negativeTtlMs),
    maxEntries: checkCount("maxEntries", options.maxEntries ?? ROUTE_CACHE_DEFAULTS.maxEntries),
    ...(options.mapAddress !== undefined && { mapAddress: checkFunction("mapAddress", options.mapAddress) }),
  };
}

const MAX_INT = 0x7fffffff; // what timers can hold

function checkDuration(name: string, value: number): number {
  if (checkNumber(name, value) >= 0 && value <= MAX_INT) return value;
  throw new RangeError(`Cannot use ${name} ${value}: it must be from 0 to ${MAX_INT} ms`);
}

function checkCount(name: string, value: number): number {
  if (Number.isInteger(checkNumber(name, value)) && value >= 1 && value <= MAX_INT) return value;
  throw new RangeError(`Cannot use ${name} ${value}: it must be an integer from 1 to ${MAX_INT}`);
}
