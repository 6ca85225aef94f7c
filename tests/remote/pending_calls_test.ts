import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { Call } from "../../src/remote/call.ts";
import { PendingCalls } from "../../src/remote/pending_calls.ts";
import { test } from "../harness.ts";
import * as fc from "fast-check";

const MAX_OPAQUE = 2 ** 31 - 1;

/** A call that was put in. */
function add(pending: PendingCalls): Call {
  const call = new Call({ timeoutMs: 1 }, { onTimeout() {}, onAbort() {} }, { onOutcome() {}, onMisuse() {} });
  pending.add(call);
  return call;
}

test("PendingCalls counts opaques from 1", () => {
  const pending = new PendingCalls();
  assertEquals([add(pending), add(pending), add(pending)].map((call) => call.opaque), [1, 2, 3]);
});

test("PendingCalls.take() gives a call once", () => {
  const pending = new PendingCalls();
  const [first, second] = [add(pending), add(pending)];
  assertStrictEquals(pending.take(second.opaque), second);
  assertStrictEquals(pending.take(second.opaque), undefined);
  assertStrictEquals(pending.take(first.opaque), first);
  assertEquals(pending.size, 0);
});

test("PendingCalls.take() knows nothing of opaques it did not give out", () => {
  const pending = new PendingCalls();
  add(pending);
  for (const opaque of [0, 2, -1, MAX_OPAQUE]) assertStrictEquals(pending.take(opaque), undefined);
  assertEquals(pending.size, 1);
});

test("PendingCalls finds each call under its own opaque, however many there are and in whatever order they end", () => {
  const step = fc.oneof({ weight: 3, arbitrary: fc.constant("add" as const) }, { weight: 2, arbitrary: fc.nat({ max: 500 }) });
  fc.assert(
    fc.property(fc.constantFrom(0, 63, 1000, MAX_OPAQUE - 40), fc.array(step, { maxLength: 400 }), (last, steps) => {
      const pending = new PendingCalls(last);
      const inFlight = new Map<number, Call>();
      for (const what of steps) {
        if (what === "add") {
          const call = add(pending);
          assert(call.opaque >= 1 && call.opaque <= MAX_OPAQUE && !inFlight.has(call.opaque), `opaque ${call.opaque}`);
          inFlight.set(call.opaque, call);
        } else {
          const opaque = [...inFlight.keys()][what % (inFlight.size + 1)] ?? 0;
          assertStrictEquals(pending.take(opaque), inFlight.get(opaque));
          inFlight.delete(opaque);
        }
        assertStrictEquals(pending.size, inFlight.size);
      }
      const rest = pending.takeAll();
      assert(rest.length === inFlight.size && rest.every((call) => inFlight.get(call.opaque) === call));
    }),
    { numRuns: 200 },
  );
});

test("PendingCalls.takeAll() empties it", () => {
  const pending = new PendingCalls();
  const calls = [add(pending), add(pending)];
  assertEquals(pending.takeAll().map((call) => call.opaque), calls.map((call) => call.opaque));
  assertEquals([pending.size, pending.takeAll().length], [0, 0]);
});
