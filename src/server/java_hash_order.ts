import type { JavaString } from "./java_null.ts";

/** Buckets of a map or set that is made without a size. */
const USUAL_CAPACITY = 16;

/**
 * Keys in the order in which Java's `HashMap` and `ConcurrentHashMap` give them. Where an answer depends on which comes first, this is what
 * makes it the real server's.
 *
 * @param capacity Buckets the map was made with: a power of two. It doubles when three quarters are full. @default {16}
 */
export function inHashOrder<K extends JavaString | bigint>(keys: Iterable<K>, capacity: number = USUAL_CAPACITY): readonly K[] {
  const all = [...keys];
  let buckets = capacity;
  while (all.length > 0.75 * buckets) buckets *= 2;
  const bucket = (key: K): number => spread(hashCode(key)) & (buckets - 1);
  return all.sort((a, b) => bucket(a) - bucket(b));
}

function hashCode(key: JavaString | bigint): number {
  if (key === null) return 0;
  if (typeof key === "bigint") return Number(BigInt.asIntN(32, key ^ (key >> 32n)));
  let hash = 0;
  for (let i = 0; i < key.length; i++) hash = (Math.imul(31, hash) + key.charCodeAt(i)) | 0;
  return hash;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}
