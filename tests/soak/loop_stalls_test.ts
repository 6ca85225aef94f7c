import { assert, assertEquals } from "@std/assert";
import { test } from "../harness.ts";
import { LoopStalls } from "./loop_stalls.ts";

test("LoopStalls knows from when to when the event loop stood still", async () => {
  const stalls = new LoopStalls();
  stalls.start();
  await new Promise((resolve) => setTimeout(resolve, 30));
  const from = performance.now();
  while (performance.now() - from < 200);
  const to = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 30));
  stalls.stop();
  assert(stalls.within(from, to) >= 180, `${stalls.within(from, to)} of ${to - from} ms`); // a timer was due within 10 ms
  assert(stalls.within(from, to) <= to - from);
  assert(stalls.longestMs >= 180);
  assertEquals(stalls.within(to + 1e6, to + 2e6), 0);
});
