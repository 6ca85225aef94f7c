import { assertEquals } from "@std/assert";
import { Liveness, SUSPECT_AFTER } from "../../src/remote/liveness.ts";
import { test } from "../harness.ts";

test("Liveness suspects a connection behind three timeouts in a row", () => {
  const liveness = new Liveness();
  const suspect = [100, 200, 300, 400].map((now) => {
    liveness.timedOut(100, now);
    return liveness.isSuspect;
  });
  assertEquals([SUSPECT_AFTER, suspect], [3, [false, false, true, true]]);
});

test("Liveness takes calls that waited together for one silence, also where it is noticed late", () => {
  const liveness = new Liveness();
  for (let i = 0; i < 100; i++) liveness.timedOut(100, 1000 + i / 10);
  for (const [timeoutMs, now] of [[300, 1100], [1000, 1500]] as const) liveness.timedOut(timeoutMs, now);
  assertEquals(liveness.isSuspect, false);
  for (const now of [1600, 1700]) liveness.timedOut(100, now);
  assertEquals(liveness.isSuspect, true);
});

test("Liveness starts anew when anything is received", () => {
  const liveness = new Liveness();
  for (const now of [100, 200]) liveness.timedOut(100, now);
  liveness.received();
  for (const now of [300, 400]) liveness.timedOut(100, now);
  assertEquals(liveness.isSuspect, false);
  liveness.timedOut(100, 500);
  assertEquals(liveness.isSuspect, true);
  liveness.received();
  assertEquals(liveness.isSuspect, false);
});

test("Liveness gives a connection three seconds from its probe, and none is suspect meanwhile", () => {
  const liveness = new Liveness();
  for (const now of [100, 200, 300]) liveness.timedOut(100, now);
  assertEquals([liveness.isSuspect, liveness.deadAt], [true, Infinity]);
  liveness.probed(300);
  liveness.timedOut(100, 400);
  assertEquals([liveness.isSuspect, liveness.deadAt], [false, 3300]);
});

test("Liveness.received() says whether it clears a connection that was probed", () => {
  const liveness = new Liveness();
  assertEquals(liveness.received(), false);
  liveness.probed(0);
  assertEquals([liveness.received(), liveness.received(), liveness.deadAt], [true, false, Infinity]);
});
