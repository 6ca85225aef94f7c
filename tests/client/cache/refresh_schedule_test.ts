import { assert, assertEquals } from "@std/assert";
import { KeptRoute } from "../../../src/client/cache/kept_route.ts";
import { RefreshSchedule } from "../../../src/client/cache/refresh_schedule.ts";
import { test } from "../../harness.ts";
import { routeOf } from "./bodies.ts";

const kept = (topic: string) => new KeptRoute(topic, routeOf([]), new Uint8Array());

test("RefreshSchedule spreads routes that came together, all of them before they are stale", () => {
  const schedule = new RefreshSchedule(30_000);
  for (let i = 0; i < 10_000; i++) schedule.add(kept(`t${i}`));
  let taken = 0, most = 0, turns = 0;
  for (let at = schedule.nextAt; at !== undefined; at = schedule.nextAt) {
    assert(at > 8500 && at < 29_200, `${at}`);
    assertEquals(schedule.take(at - 1), []);
    const { length } = schedule.take(at);
    taken += length;
    most = Math.max(most, length);
    turns++;
  }
  assertEquals(taken, 10_000);
  assert(turns >= 40 && most <= 300, `${turns} turns of at most ${most}`);
});

test("RefreshSchedule leaves out routes that left the cache, and plans a route once", () => {
  const schedule = new RefreshSchedule(1000);
  const [a, b] = [kept("a"), kept("b")];
  schedule.add(a);
  schedule.add(b);
  b.removed = true;
  a.checkedAt = 5000;
  schedule.add(a);
  assertEquals(schedule.take(4000), []);
  assertEquals(schedule.take(6000), [a]);
  assertEquals([schedule.take(9000), schedule.nextAt, a.dueSlot], [[], undefined, undefined]);
});
