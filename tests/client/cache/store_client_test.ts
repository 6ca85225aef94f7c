import { assert, assertEquals } from "@std/assert";
import type { CacheWarning } from "../../../src/client/cache/cache_warning.ts";
import { KeptRoute } from "../../../src/client/cache/kept_route.ts";
import type { RouteStore } from "../../../src/client/cache/route_store.ts";
import { StoreClient } from "../../../src/client/cache/store_client.ts";
import { test } from "../../harness.ts";
import { FakeTimers } from "../../remote/fake_timers.ts";
import { bodyOf, routeOf } from "./bodies.ts";
import { settle } from "./scripted_remote.ts";

const keptOf = (topic: string, broker: string) => {
  const kept = new KeptRoute(topic, routeOf([broker]), bodyOf(routeOf([broker])));
  kept.confirm({ body: kept.bytes, server: "ns:9876" }, { now: 0, epochMs: 1000 });
  return kept;
};

function stage(store: RouteStore) {
  const timers = new FakeTimers();
  const warnings: CacheWarning[] = [];
  return { timers, warnings, client: new StoreClient(store, { timers, lifeMs: 300_000, report: (warning) => warnings.push(warning) }) };
}

/** A store in memory that notes what it is told. */
function noting() {
  const values = new Map<string, unknown>();
  const calls: string[] = [];
  const store: RouteStore = {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value, options) => {
      calls.push(`set ${key} ${options?.ttl}`);
      values.set(key, value);
    },
    removeItem: (key) => {
      calls.push(`remove ${key}`);
      values.delete(key);
    },
  };
  return { values, calls, store };
}

const fault = new Error("out of order");
const fail = (): never => {
  throw fault;
};

test("StoreClient writes a route so that it can be read again, and says how long it is of use, in seconds", async () => {
  const { store, calls } = noting();
  const { client, warnings } = stage(store);
  client.write(keptOf("t", "a"));
  await settle();
  const stored = await client.read("t");
  assertEquals([stored?.server, stored?.fetchedAt, stored?.body], ["ns:9876", 1000, bodyOf(routeOf(["a"]))]);
  assertEquals([await client.read("u"), calls, warnings], [undefined, ["set rmq:route:t 300"], []]);
});

for (
  const [what, store] of Object.entries<RouteStore>({
    "throws": { getItem: fail, setItem: fail, removeItem: fail },
    "rejects": { getItem: () => Promise.reject(fault), setItem: () => Promise.reject(fault), removeItem: () => Promise.reject(fault) },
  })
) {
  test(`fault 76: StoreClient reports a store that ${what}, and goes on`, async () => {
    const { client, warnings } = stage(store);
    assertEquals(await client.read("t"), undefined);
    client.write(keptOf("t", "a"));
    client.remove("u");
    await settle();
    assertEquals(
      warnings,
      ["read", "store", "remove"].map((action) => ({
        type: "warning",
        about: "store",
        message: `Cannot ${action} route of topic "${action === "remove" ? "u" : "t"}": out of order`,
        topic: action === "remove" ? "u" : "t",
        error: fault,
      })),
    );
  });
}

test("StoreClient waits 250 ms for a store that hangs, and then leaves it alone for 5 s", async () => {
  let asked = 0;
  const { client, timers, warnings } = stage({ getItem: () => (asked++, new Promise(() => {})), setItem: () => new Promise(() => {}) });
  let read: unknown = "waiting";
  const reading = client.read("t").then((stored) => read = stored);
  await settle();
  timers.advance(249);
  await settle();
  assertEquals(read, "waiting");
  timers.advance(1);
  await reading;
  assertEquals([read, await client.read("t"), asked], [undefined, undefined, 1]);
  assertEquals(warnings.map(({ message }) => message), [
    'Cannot read route of topic "t": no answer within 250 ms; not asked again for 5000 ms',
  ]);
  timers.advance(5000);
  void client.read("t");
  await settle();
  assertEquals(asked, 2);
});

for (const value of [{ some: "object" }, "damaged", "rmq-route/2 of the future"]) {
  test(`StoreClient drops ${JSON.stringify(value)} with an event`, async () => {
    const { store, values, calls } = noting();
    values.set("rmq:route:t", value);
    const { client, warnings } = stage(store);
    assertEquals(await client.read("t"), undefined);
    await settle();
    assertEquals([calls, values.size, warnings.map(({ about, topic }) => [about, topic])], [["remove rmq:route:t"], 0, [["store", "t"]]]);
    assert(warnings[0]!.message.startsWith('Cannot use the stored route of topic "t": it is'), warnings[0]!.message);
  });
}

test("StoreClient writes one change of a topic at a time, and of those that come meanwhile the last", async () => {
  const written: string[] = [];
  const done: (() => void)[] = [];
  const { client } = stage({
    getItem: () => null,
    setItem: (_key, value) => {
      written.push(/"brokerName":"(.)"/.exec(value)![1]!);
      return new Promise((resolve) => done.push(resolve));
    },
  });
  for (const broker of ["a", "b", "c"]) client.write(keptOf("t", broker));
  await settle();
  assertEquals(written, ["a"]);
  done[0]!();
  await settle();
  assertEquals(written, ["a", "c"]);
});

test("StoreClient.settled() waits for what is being written, but no longer than 250 ms", async () => {
  let finish: (() => void) | undefined;
  const { client, timers } = stage({ getItem: () => null, setItem: () => new Promise((resolve) => finish = resolve) });
  await client.settled();
  client.write(keptOf("t", "a"));
  await settle();
  let settled = false;
  const settling = client.settled().then(() => settled = true);
  await settle();
  assertEquals(settled, false);
  finish!();
  await settling;
  assertEquals(timers.pending.size, 0);
  client.write(keptOf("t", "a"));
  const hanging = client.settled();
  timers.advance(250);
  await hanging;
});

test("StoreClient does without removeItem, and reports a topic that makes no key", async () => {
  const { client, warnings } = stage({ getItem: () => null, setItem: () => {} });
  client.remove("t");
  await settle();
  assertEquals(warnings, []);
  assertEquals(await client.read("\ud800"), undefined);
  client.write(keptOf("\ud800", "a"));
  await settle();
  assertEquals(warnings.map(({ about }) => about), ["store", "store"]);
});
