import { assertEquals } from "@std/assert";
import { CoarseClock } from "../../../src/client/cache/coarse_clock.ts";
import { test } from "../../harness.ts";
import { FakeTimers } from "../../remote/fake_timers.ts";

test("CoarseClock asked now and then reads the clock, and sets no timer", () => {
  const timers = new FakeTimers(0);
  const clock = new CoarseClock(timers);
  for (let i = 0; i < 100; i++, timers.stall(3)) assertEquals(clock.now(), timers.now());
  assertEquals(timers.delays, []);
});

test("CoarseClock asked all the time lags by a tick at most, does not hold the process, and rests when nobody asks", () => {
  const timers = new FakeTimers(0);
  const clock = new CoarseClock(timers);
  for (let i = 0; i < 10; i++) clock.now();
  assertEquals([timers.pending.size, timers.holding], [1, false]);
  timers.advance(10);
  assertEquals(clock.now(), 0);
  timers.advance(6);
  assertEquals(clock.now(), 16);
  timers.advance(40);
  assertEquals([timers.pending.size, clock.now()], [0, 56]);
});

test("CoarseClock.close() stops its timer for good", () => {
  const timers = new FakeTimers(0);
  const clock = new CoarseClock(timers);
  for (let i = 0; i < 10; i++) clock.now();
  clock.close();
  timers.stall(5);
  for (let i = 0; i < 20; i++) assertEquals(clock.now(), 5);
  assertEquals(timers.pending.size, 0);
});
