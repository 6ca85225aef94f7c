import { assertEquals, assertStrictEquals } from "@std/assert";
import { type AbortListener, SharedSignals } from "../../src/remote/shared_signals.ts";
import { test } from "../harness.ts";

/** Notes its name when its signal fires. */
function listener(name: string, heard: string[]): AbortListener {
  return { onAbort: () => void heard.push(name) };
}

test("SharedSignal tells every listener once, and none that left", () => {
  const controller = new AbortController();
  const signals = new SharedSignals();
  const heard: string[] = [];
  const [a, b, c] = ["a", "b", "c"].map((name) => listener(name, heard)) as [AbortListener, AbortListener, AbortListener];
  for (const one of [a, b, c]) signals.of(controller.signal).add(one);
  signals.of(controller.signal).delete(b);
  controller.abort();
  controller.abort();
  assertEquals(heard, ["a", "c"]);
});

test("SharedSignal gives the signal's state and reason", () => {
  const controller = new AbortController();
  const shared = new SharedSignals().of(controller.signal);
  assertEquals([shared.aborted, shared.reason], [false, undefined]);
  const reason = {};
  controller.abort(reason);
  assertEquals(shared.aborted, true);
  assertStrictEquals(shared.reason, reason);
});

test("SharedSignals.of() gives one for a signal while somebody listens, and keeps none for nobody", () => {
  const { signal } = new AbortController();
  const signals = new SharedSignals();
  const one = listener("a", []);
  const shared = signals.of(signal);
  shared.add(one);
  assertStrictEquals(signals.of(signal), shared);
  shared.delete(one);
  shared.delete(one);
  assertEquals(signals.of(signal) === shared, false);
});

test("SharedSignal lets a listener that is told take others with it", () => {
  const controller = new AbortController();
  const shared = new SharedSignals().of(controller.signal);
  const heard: string[] = [];
  const last = listener("last", heard);
  shared.add({ onAbort: () => (heard.push("first"), shared.delete(last)) });
  shared.add(last);
  controller.abort();
  assertEquals(heard, ["first"]);
});
