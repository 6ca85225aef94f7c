import { assertEquals, assertThrows } from "@std/assert";
import type { AddressSource } from "../../src/remote/address_source.ts";
import { Deadlines } from "../../src/remote/deadlines.ts";
import { Discovery } from "../../src/remote/discovery.ts";
import { test } from "../harness.ts";
import { FakeTimers } from "./fake_timers.ts";
import { turn } from "./remote_bench.ts";

/** A source that answers when the test says so, and what became of its answers. */
class DiscoveryBench {
  readonly timers: FakeTimers = new FakeTimers();
  readonly signals: AbortSignal[] = [];
  readonly heard: (readonly string[] | string)[] = [];
  readonly discovery: Discovery;
  answer: (addresses: readonly string[]) => void = () => {};
  fail: (error: unknown) => void = () => {};

  constructor(source: Partial<AddressSource> = {}) {
    this.discovery = new Discovery({
      source: { name: "registry", resolve: ({ signal }) => this.#resolve(signal), ...source },
      deadlines: new Deadlines(this.timers),
      timers: this.timers,
      onList: (addresses) => this.heard.push(addresses),
      onFailure: (error) => this.heard.push(String(error)),
    });
  }

  #resolve(signal: AbortSignal): Promise<readonly string[]> {
    this.signals.push(signal);
    return new Promise((resolve, reject) => {
      this.answer = resolve;
      this.fail = reject;
    });
  }
}

test("Discovery asks nobody until somebody wants to know", () => {
  const bench = new DiscoveryBench();
  assertEquals([bench.signals.length, bench.timers.pending.size], [0, 0]);
});

test("Discovery asks once for all who wait", async () => {
  const bench = new DiscoveryBench();
  const waiting = [1, 2, 3].map(() => bench.discovery.ask(1000, undefined));
  bench.answer(["a", "b:1", "a:9876"]);
  assertEquals(await Promise.all(waiting), [undefined, undefined, undefined]);
  assertEquals([bench.signals.length, bench.heard], [1, [["a:9876", "b:1"]]]);
  assertEquals([bench.discovery.hasAnswered, bench.discovery.failure], [true, undefined]);
  bench.discovery.close(undefined);
});

test("Discovery asks again two minutes behind each answer, with a timer that does not hold the process", async () => {
  const bench = new DiscoveryBench();
  for (let round = 1; round <= 3; round++) {
    bench.discovery.refresh();
    bench.answer([`a:${round}`]);
    await turn();
    assertEquals(bench.timers.holding, false);
    bench.timers.advance(119_999);
    assertEquals(bench.signals.length, round);
    bench.timers.advance(1);
    assertEquals(bench.signals.length, round + 1);
  }
  bench.discovery.close(undefined);
  assertEquals(bench.timers.pending.size, 0);
});

test("Discovery keeps the source's own interval, also behind a failure", async () => {
  const bench = new DiscoveryBench({ intervalMs: 500 });
  bench.discovery.refresh();
  bench.fail(new Error("down"));
  await turn();
  bench.timers.advance(500);
  assertEquals([bench.signals.length, bench.heard], [2, ["Error: down"]]);
  bench.discovery.close(undefined);
});

test("Discovery() refuses an interval that no timer keeps", () => {
  for (const intervalMs of [0, -1, NaN, 2 ** 31]) assertThrows(() => new DiscoveryBench({ intervalMs }), RangeError, "intervalMs");
});

test("Discovery takes a list that is empty or has a member that is no address for a failure", async () => {
  for (const list of [[], ["a:1", "b:0"], [""], null, "a:1,b:1"]) {
    const bench = new DiscoveryBench();
    bench.discovery.refresh();
    bench.answer(list as readonly string[]);
    await turn();
    assertEquals([bench.discovery.hasAnswered, bench.discovery.failure !== undefined, bench.heard.length], [false, true, 1]);
    bench.discovery.close(undefined);
  }
});

test("Discovery takes a source that throws at once for one that rejects", async () => {
  const bench = new DiscoveryBench({
    resolve: () => {
      throw new Error("at once");
    },
  });
  await bench.discovery.ask(1000, undefined);
  assertEquals(bench.heard, ["Error: at once"]);
  bench.discovery.close(undefined);
});

test("Discovery forgets a failure when the source answers", async () => {
  const bench = new DiscoveryBench();
  bench.discovery.refresh();
  bench.fail(new Error("down"));
  await turn();
  bench.discovery.refresh();
  bench.answer(["a:1"]);
  await turn();
  assertEquals(bench.discovery.failure, undefined);
  bench.discovery.close(undefined);
});

test("Discovery gives up a source that hangs after 30 s, tells it so, and takes no late answer", async () => {
  const bench = new DiscoveryBench();
  bench.discovery.refresh();
  const { answer } = bench;
  bench.timers.advance(30_000);
  assertEquals([bench.signals[0]!.aborted, bench.heard], [true, ["Error: no answer within 30000 ms"]]);
  answer(["late:1"]);
  await turn();
  assertEquals(bench.heard.length, 1);
  bench.discovery.close(undefined);
});

test("Discovery.ask() ends when its time is over, and leaves the question out for others", async () => {
  const bench = new DiscoveryBench();
  const waiting = bench.discovery.ask(100, undefined);
  assertEquals(bench.timers.holding, true);
  bench.timers.advance(200);
  assertEquals(await waiting, undefined);
  assertEquals([bench.signals[0]!.aborted, bench.timers.holding], [false, false]);
  bench.discovery.close(undefined);
});

test("Discovery.close() takes the question back, with the reason, and wakes who waits", async () => {
  const bench = new DiscoveryBench();
  const waiting = bench.discovery.ask(1000, undefined);
  const reason = new Error("closed");
  bench.discovery.close(reason);
  await waiting;
  assertEquals([bench.signals[0]!.reason === reason, bench.heard, bench.timers.holding], [true, [], false]);
  bench.discovery.refresh();
  assertEquals(bench.signals.length, 1);
});
