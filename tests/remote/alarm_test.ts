import { assertEquals } from "@std/assert";
import { Alarm } from "../../src/remote/alarm.ts";
import { test } from "../harness.ts";
import { FakeTimers } from "./fake_timers.ts";

test("Alarm rings once when its time has come, and never holds the process", () => {
  const timers = new FakeTimers(0);
  const rung: number[] = [];
  const alarm = new Alarm(timers, () => rung.push(timers.now()));
  alarm.setTo(100);
  assertEquals([alarm.ringsAt, timers.holding], [100, false]);
  timers.advance(500);
  assertEquals([rung, alarm.ringsAt, timers.pending.size], [[100], Infinity, 0]);
});

test("Alarm.setTo() puts a time in place of the former one, and Infinity in place of any", () => {
  const timers = new FakeTimers(0);
  const rung: number[] = [];
  const alarm = new Alarm(timers, () => rung.push(timers.now()));
  alarm.setTo(100);
  alarm.setTo(100);
  assertEquals(timers.delays, [100]);
  alarm.setTo(300);
  timers.advance(200);
  alarm.setTo(250);
  timers.advance(200);
  alarm.setTo(1000);
  alarm.setTo(Infinity);
  timers.advance(1000);
  assertEquals([rung, timers.pending.size], [[250], 0]);
});

test("Alarm.setTo() a time that is over rings at the next turn, and may be set anew while it rings", () => {
  const timers = new FakeTimers(50);
  const rung: number[] = [];
  const alarm = new Alarm(timers, () => {
    rung.push(timers.now());
    if (rung.length < 3) alarm.setTo(timers.now() + 10);
  });
  alarm.setTo(20);
  timers.advance(100);
  assertEquals(rung, [50, 60, 70]);
});
