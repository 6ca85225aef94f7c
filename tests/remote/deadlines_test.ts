import { assert, assertEquals } from "@std/assert";
import { type Deadline, Deadlines, type Slot } from "../../src/remote/deadlines.ts";
import { test } from "../harness.ts";
import { FakeTimers } from "./fake_timers.ts";

/** Deadlines are rounded up to this. */
const GRAIN_MS = 16;
/** What it gives sockets behind a stall. */
const BREATH_MS = 10;

class TestDeadline implements Deadline {
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  readonly onDeadline: () => void;

  constructor(onDeadline: () => void) {
    this.onDeadline = onDeadline;
  }
}

interface Bench {
  readonly timers: FakeTimers;
  readonly deadlines: Deadlines;
  /** Names of deadlines that passed, with the time they took. */
  readonly passed: (readonly [name: string, elapsedMs: number])[];
  /** Adds a deadline. */
  add(name: string, ms: number, onDeadline?: () => void): TestDeadline;
}

function bench(timers: FakeTimers = new FakeTimers()): Bench {
  const deadlines = new Deadlines(timers);
  const passed: (readonly [string, number])[] = [];
  const add = (name: string, ms: number, onDeadline: () => void = () => {}): TestDeadline => {
    const startedAt = timers.now();
    const deadline = new TestDeadline(() => {
      passed.push([name, timers.now() - startedAt]);
      onDeadline();
    });
    deadlines.add(deadline, startedAt + ms);
    return deadline;
  };
  return { timers, deadlines, passed, add };
}

test("Deadlines ends each deadline at its time, and at most one grain later", () => {
  for (const start of [0, 7.25, 1_000_003.9]) {
    const { timers, passed, add } = bench(new FakeTimers(start));
    const waits = [0, 0.5, 1, 15, 16, 17, 100, 101.5, 5000, 60_000];
    for (const ms of waits) add(`${ms}`, ms);
    timers.advance(70_000);
    assertEquals(passed.map(([name]) => Number(name)).sort((a, b) => a - b), waits);
    for (const [name, elapsedMs] of passed) {
      assert(elapsedMs >= Number(name) && elapsedMs <= Number(name) + GRAIN_MS, `${name} ended after ${elapsedMs}`);
    }
  }
});

test("Deadlines sets one timer, whatever the number of deadlines", () => {
  const { timers, add } = bench();
  for (let call = 0; call < 1000; call++) {
    add(`${call}`, 5000 + call % 300);
    assertEquals(timers.pending.size, 1);
  }
  assert(timers.delays.length <= 2, `${timers.delays.length} timers were set`);
});

test("Deadlines sets its timer anew for a deadline that ends before all others", () => {
  const { timers, passed, add } = bench();
  add("late", 5000);
  add("soon", 100);
  assertEquals(timers.pending.size, 1);
  timers.advance(150);
  assertEquals(passed.map(([name]) => name), ["soon"]);
  timers.advance(5000);
  assertEquals(passed.map(([name]) => name), ["soon", "late"]);
});

test("Deadlines.delete() takes a deadline out; it never ends then", () => {
  const { timers, deadlines, passed, add } = bench();
  const [a, b, c] = [add("a", 100), add("b", 100), add("c", 100)];
  for (const deadline of [b, b, a]) deadlines.delete(deadline); // twice does no harm
  timers.advance(1000);
  assertEquals(passed.map(([name]) => name), ["c"]);
  deadlines.delete(c);
  timers.advance(1000);
  assertEquals([passed.length, timers.pending.size], [1, 0]);
});

test("Deadlines lets a deadline that ends take another of its time with it", () => {
  const { timers, deadlines, passed, add } = bench();
  const others: TestDeadline[] = [];
  const takeOthers = (): void => others.forEach((other) => deadlines.delete(other));
  for (const name of ["a", "b", "c"]) others.push(add(name, 100, takeOthers));
  timers.advance(200);
  assertEquals(passed.length, 1);
});

test("Deadlines takes a deadline that is added while another ends, even one that is due", () => {
  const { timers, passed, add } = bench();
  add("first", 10, () => void add("due", -5, () => void add("next", 50)));
  timers.advance(200);
  assertEquals(passed.map(([name]) => name), ["first", "due", "next"]);
  assertEquals(timers.pending.size, 0);
});

test("Deadlines keeps the process alive while a deadline is in the queue, and only then", () => {
  const { timers, deadlines, add } = bench();
  const first = add("first", 5000);
  assertEquals(timers.holding, true);
  deadlines.delete(first);
  assertEquals(timers.holding, false);
  const second = add("second", 9000);
  const third = add("third", 9000);
  assertEquals(timers.holding, true);
  deadlines.delete(second);
  assertEquals(timers.holding, true);
  deadlines.delete(third);
  assertEquals(timers.holding, false);
});

test("Deadlines does not keep the process alive between a late timer and its second look", () => {
  const { timers, deadlines, add } = bench();
  const answered = add("answered", 100);
  const other = add("other", 100);
  deadlines.delete(answered);
  timers.stall(500);
  timers.turn();
  assertEquals(timers.holding, true);
  deadlines.delete(other);
  assertEquals(timers.holding, false);
});

test("fault 65: Deadlines gives answers that arrived during a stall a moment before it ends their calls", () => {
  const { timers, deadlines, passed, add } = bench();
  const answered = add("answered", 100);
  add("silent", 100);
  timers.stall(10_000);
  timers.turn(); // the timer is late
  timers.advance(BREATH_MS - 1); // meanwhile sockets are read
  assertEquals(passed, []);
  deadlines.delete(answered);
  timers.advance(1);
  assertEquals(passed.map(([name]) => name), ["silent"]);
});

test("Deadlines does not end a deadline that was added between a late timer and its second look before its own time", () => {
  const { timers, passed, add } = bench();
  add("a", 100);
  timers.stall(10_000);
  timers.turn();
  add("b", BREATH_MS + 1);
  timers.advance(BREATH_MS);
  assertEquals(passed.map(([name]) => name), ["a"]);
  timers.advance(2 * GRAIN_MS);
  assertEquals(passed.map(([name]) => name), ["a", "b"]);
});

test("Deadlines puts up with timers that fire too early", () => {
  const { timers, passed, add } = bench();
  add("a", 1000);
  for (let early = 0; early < 3; early++) {
    timers.stall(100);
    const [[handle, timer]] = timers.pending as unknown as [[unknown, { callback(): void }]];
    timers.clear(handle);
    timer.callback();
    timers.turn();
    assertEquals([passed.length, timers.pending.size], [0, 1]);
  }
  timers.advance(1000);
  assertEquals(passed.length, 1);
});

test("Deadlines never sets a timer that runtimes cannot hold", () => {
  const { timers, passed, add } = bench();
  const longest = 0x7fffffff;
  add("longest", longest);
  timers.advance(longest + 1000);
  assertEquals(passed.map(([name]) => name), ["longest"]);
  for (const delay of timers.delays) assert(delay >= 0 && delay <= longest, `a timer of ${delay} ms was set`);
});

test("Deadlines keeps nothing of deadlines that were taken out in time", () => {
  const { timers, deadlines, passed, add } = bench();
  for (let round = 0; round < 1000; round++) {
    const deadline = add("quick", 5000);
    timers.advance(100);
    deadlines.delete(deadline);
    assert(timers.pending.size <= 1);
  }
  assert(timers.delays.length < 100, `${timers.delays.length} timers were set in 100 s`);
  timers.advance(10_000);
  assertEquals([passed.length, timers.pending.size], [0, 0]);
});

test("Deadlines.close() leaves no timer, in whatever state it is", () => {
  const idle = bench();
  idle.deadlines.close();
  const armed = bench();
  armed.deadlines.delete(armed.add("a", 100));
  armed.deadlines.close();
  const looking = bench();
  looking.deadlines.delete(looking.add("a", 100));
  looking.timers.stall(200);
  looking.timers.turn();
  looking.deadlines.close();
  for (const { timers } of [idle, armed, looking]) assertEquals(timers.pending.size, 0);
});
