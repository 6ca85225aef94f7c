import { assert, assertEquals } from "@std/assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createStorage, type Driver, type Storage } from "unstorage";
import fsDriver from "unstorage/drivers/fs-lite";
import memoryDriver from "unstorage/drivers/memory";
import redisDriver from "unstorage/drivers/redis";
import { type AsyncNameServerClient, connect } from "../../../mod.ts";
import type { RouteCacheOptions } from "../../../src/client/cache/options.ts";
import { storeKey } from "../../../src/client/cache/stored_route.ts";
import { EmbeddedNameServer } from "../../../src/testing.ts";
import { test, type TestOptions } from "../../harness.ts";
import { brokerA } from "../../server/brokers.ts";
import { RedisServer, redisTier } from "./redis_server.ts";
import { runInBun, runInDeno } from "./run_in.ts";

interface Opened {
  readonly driver: Driver;
  /** Ends what the driver works on. */
  end(): Promise<void>;
}

/** A driver, how it is opened, and whether it can be here. */
const DRIVERS: readonly (readonly [name: string, open: () => Promise<Opened>, options?: TestOptions])[] = [
  ["memory", () => Promise.resolve({ driver: memoryDriver(), end: () => Promise.resolve() })],
  ["filesystem", async () => {
    const base = await mkdtemp(join(tmpdir(), "rmq-routes-"));
    return { driver: fsDriver({ base }), end: () => rm(base, { recursive: true }) };
  }],
  ["Redis", async () => {
    const server = await RedisServer.start();
    return { driver: redisDriver({ url: server.url }), end: () => server[Symbol.asyncDispose]() };
  }, redisTier()],
];

async function withStorage({ driver, end }: Opened, use: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = createStorage({ driver });
  try {
    await use(storage);
  } finally {
    await storage.dispose();
    await end();
  }
}

function dial(server: EmbeddedNameServer, routes: RouteCacheOptions): Promise<AsyncNameServerClient> {
  return connect(server.address, { adapter: server.adapter, routes });
}

function embedded(): EmbeddedNameServer {
  const server = new EmbeddedNameServer();
  server.registerBroker(
    brokerA({ topics: { "%RETRY%group|1": { ...brokerA().topics["orders"]!, topicName: "%RETRY%group|1" }, ...brokerA().topics } }),
  );
  return server;
}

for (const [name, open, options] of DRIVERS) {
  test(`RouteStore: a cold start asks ${name} through unstorage, and no NameServer`, async () => {
    await using server = embedded();
    await withStorage(await open(), async (store) => {
      const topics = ["orders", "%RETRY%group|1"];
      const first = await dial(server, { store });
      const known = await Promise.all(topics.map((topic) => first.routes.get(topic)));
      const entry = first.routes.entry("orders")!;
      await first.close();
      assertEquals(server.received.length, 2);
      await using second = await dial(server, { store });
      assertEquals(await Promise.all(topics.map((topic) => second.routes.get(topic))), known);
      assertEquals(second.routes.entry("orders"), entry);
      assertEquals([server.received.length, second.routes.stats().misses], [2, 2]);
    });
  }, options);

  test(`RouteStore: a damaged entry in ${name} is dropped with an event, and a NameServer is asked`, async () => {
    await using server = embedded();
    await withStorage(await open(), async (store) => {
      await store.setItem(
        storeKey("orders"),
        `rmq-route/1 standard ${Date.now()} x:1 orders\n{"brokerDatas":[`,
      );
      const client = await dial(server, { store });
      const events = client.events();
      assertEquals((await client.routes.get("orders")).brokerDatas.length, 1);
      const { value } = await events.next();
      assertEquals([value.type, value.about, value.topic], ["warning", "store", "orders"]);
      await client.close();
      assertEquals(server.received.length, 1);
      const stored = await store.getItem(storeKey("orders"));
      assert(typeof stored === "string" && stored.startsWith("rmq-route/1 standard "), `${stored}`);
    });
  }, options);
}

test("RouteStore: an old route of the store is given at once, and a NameServer is asked behind the caller's back", async () => {
  await using server = embedded();
  const store = createStorage({ driver: memoryDriver() });
  const first = await dial(server, { store });
  await first.routes.get("orders");
  await first.close();
  const text = await store.getItem<string>(storeKey("orders"));
  const minuteAgo = Date.now() - 60_000;
  await store.setItem(storeKey("orders"), text!.replace(/ \d{13} /, ` ${minuteAgo} `));
  await using client = await dial(server, { store });
  await client.routes.get("orders");
  assertEquals(client.routes.entry("orders")?.fetchedAt, minuteAgo);
  while (client.routes.entry("orders")?.state === "stale") await new Promise((resolve) => setTimeout(resolve, 5));
  assertEquals([server.received.length, client.routes.entry("orders")?.version], [2, 1]);
});

test("fault 76: a store that fails and one that hangs fail no call, and hold up none for long", async () => {
  await using server = embedded();
  const fault = new Error("out of order");
  for (const getItem of [() => Promise.reject(fault), () => new Promise(() => {})]) {
    const client = await dial(server, { store: { getItem, setItem: () => Promise.reject(fault) } });
    const events = client.events();
    assertEquals((await client.routes.get("orders")).brokerDatas.length, 1);
    const { value } = await events.next();
    assertEquals([value.type, value.about], ["warning", "store"]);
    await client.close();
  }
});

test("RouteStore: a topic that is gone leaves the store", async () => {
  await using server = new EmbeddedNameServer();
  const store = createStorage({ driver: memoryDriver() });
  server.setTopicRoute("t", { queueDatas: [], brokerDatas: [], filterServerTable: {} });
  const client = await dial(server, { store, ttlMs: 0, staleMs: 0, negativeTtlMs: 0 });
  await client.routes.get("t");
  await client.deleteTopic({ topic: "t" });
  await client.routes.get("t").catch(() => {});
  await client.close();
  assertEquals(await store.getKeys(), []);
});

test("RouteStore: two processes, one Deno and one Bun, share Redis: the second's cold start asks no NameServer", async () => {
  await using server = embedded();
  const { address } = await server.listen();
  await using redis = await RedisServer.start();
  assertEquals(await runInDeno("redis_process.ts", address, redis.url), "10.0.0.1:10911");
  assertEquals(server.received.map(({ code }) => code), [105]);
  assertEquals(await runInBun("redis_process.ts", address, redis.url), "10.0.0.1:10911");
  assertEquals(server.received.length, 1);
}, redisTier());

test("RouteStore: a cold start asks Deno KV, behind ten lines, and no NameServer", async () => {
  assertEquals(await runInDeno("deno_kv_process.ts"), "10.0.0.1:10911 after 1 requests\n10.0.0.1:10911 after 1 requests");
}, { timeoutMs: 60_000 });
