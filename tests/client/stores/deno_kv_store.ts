import type { RouteStore } from "../../../mod.ts";

/** What is used of a `Deno.Kv`, whose types need `--unstable-kv`. */
export interface Kv {
  get(key: readonly string[]): Promise<{ readonly value: unknown }>;
  set(key: readonly string[], value: string, options: { readonly expireIn: number }): Promise<unknown>;
  delete(key: readonly string[]): Promise<void>;
  close(): void;
}

/** As docs/route-store.md shows it. */
export function denoKvStore(kv: Kv): RouteStore {
  return {
    getItem: async (key) => (await kv.get(["routes", key])).value,
    setItem: async (key, value, { ttl = 300 } = {}) => {
      await kv.set(["routes", key], value, { expireIn: ttl * 1000 });
    },
    removeItem: (key) => kv.delete(["routes", key]),
  };
}
