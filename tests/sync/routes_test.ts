import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { TopicNotFoundError } from "../../mod.ts";
import { connectSync } from "../../src/sync.ts";
import { test } from "../harness.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

test("SyncRoutes.get() asks once, and gives the same object without the worker", async () => {
  await using servers = await ServerProcess.start();
  using client = connectSync(servers.address);
  assertEquals(client.routes.peek("orders"), undefined);
  const route = client.routes.get("orders");
  for (let call = 0; call < 100; call++) assertStrictEquals(client.routes.get("orders"), route);
  assertStrictEquals(client.routes.peek("orders"), route);
  assertEquals(client.routes.publishQueues("orders").length, 4);
  assertEquals(client.routes.subscribeQueues("orders").length, 4);
  assertEquals(await servers.received(), [105]);
  assertEquals(client.routes.stats(), { entries: 1, hits: 102, misses: 1, staleAnswers: 0, refreshes: 0, unchanged: 0 });
  assertEquals(client.routes.entry("orders")?.state, "fresh");
}, LIMIT);

test("SyncRoutes.get() remembers that there is no such topic", async () => {
  await using servers = await ServerProcess.start();
  using client = connectSync(servers.address, { routes: { negativeTtlMs: 60_000 } });
  for (let call = 0; call < 3; call++) assertThrows(() => client.routes.get("none"), TopicNotFoundError);
  assertThrows(() => client.routes.get(""), TypeError);
  assertEquals(await servers.received(), [105]);
}, LIMIT);

test("SyncRoutes.get() renews what is not fresh, and keeps it when no server answers", async () => {
  await using servers = await ServerProcess.start();
  using client = connectSync(servers.address, { timeoutMs: 20_000 });
  const route = client.routes.get("orders");
  client.routes.invalidate("orders");
  assertEquals(client.routes.peek("orders"), undefined);
  assertStrictEquals(client.routes.get("orders"), route);
  assertEquals([client.routes.stats().refreshes, client.routes.stats().unchanged], [1, 1]);
  client.routes.invalidate();
  await servers.stop();
  assertStrictEquals(client.routes.get("orders"), route);
  assertEquals(client.routes.stats().staleAnswers, 1);
}, LIMIT);

test("SyncRoutes.get() with an address asks that server, and keeps nothing", async () => {
  await using servers = await ServerProcess.start(2);
  using client = connectSync(servers.address);
  const route = client.routes.get("orders", { address: servers.addresses[1]! });
  assertEquals([route.brokerDatas[0]?.brokerName, client.routes.peek("orders")], ["b1", undefined]);
}, LIMIT);
