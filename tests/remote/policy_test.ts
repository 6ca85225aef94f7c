import { assert, assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import {
  NameServerConnectionError,
  NameServerError,
  NameServerProtocolError,
  NameServerResponseError,
  NameServerTimeoutError,
  NameServerUnavailableError,
} from "../../src/errors.ts";
import { test } from "../harness.ts";
import { type Behaviour, PolicyWorld } from "./policy_world.ts";

const OK: Behaviour = { type: "answer" };
const REFUSE: Behaviour = { type: "refuse" };
const BLACK_HOLE: Behaviour = { type: "black hole" };
const SILENT: Behaviour = { type: "silent" };
const RESET: Behaviour = { type: "reset" };
const GARBAGE: Behaviour = { type: "garbage" };
const STALE: Behaviour = { type: "stale" };
const BUSY: Behaviour = { type: "answer", code: 2, remark: "[OVERLOAD]system busy" };
const NOT_READY: Behaviour = { type: "answer", code: 1, remark: "name server not ready" };
const GO_AWAY: Behaviour = { type: "answer", code: 1500 };
const NO_TOPIC: Behaviour = { type: "answer", code: 17 };

const ONCE = { idempotent: false };

test("callPolicy() asks one server, once, if it answers", () => {
  const world = new PolicyWorld({ a: [OK], b: [OK] });
  assertEquals(world.call().address, "a");
  assertEquals([world.trail, world.sleeps], ["a", []]);
});

test("callPolicy() cuts the time left into slices by the servers still untried, the last gets all that is left", () => {
  const world = new PolicyWorld({ a: [BLACK_HOLE], b: [BLACK_HOLE], c: [{ type: "answer", afterMs: 200 }] });
  world.call({ timeoutMs: 900 });
  assertEquals([world.trail, world.slices], ["(a) (b) c", [300, 300, 300]]);
  const quick = new PolicyWorld({ a: [REFUSE], b: [{ type: "refuse", afterMs: 100 }], c: [OK] });
  quick.call({ timeoutMs: 900 });
  assertEquals(quick.slices, [300, 450, 800]);
});

test("callPolicy() gives the only server all the time, and does not repeat because of a timeout", () => {
  const world = new PolicyWorld({ a: [SILENT, OK] });
  const error = assertThrows(() => world.call(), NameServerTimeoutError);
  assertEquals([world.trail, world.slices, error.timeoutMs, error.address], ["a", [1000], 1000, "a"]);
});

test("callPolicy() asks the next server at once where a dial fails, and charges no retry for it", () => {
  const world = new PolicyWorld({ a: [REFUSE], b: [REFUSE], c: [BLACK_HOLE], d: [OK] });
  assertEquals(world.call({ retries: 0 }).address, "d");
  assertEquals([world.trail, world.sleeps], ["(a) (b) (c) d", []]);
});

test("callPolicy() gives up at once where nobody takes a connection", () => {
  const world = new PolicyWorld({ a: [REFUSE, OK], b: [REFUSE, OK] });
  const error = assertThrows(() => world.call(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.address, one.code]), [["a", "NAMESRV_CONNECT"], ["b", "NAMESRV_CONNECT"]]);
  assertEquals([world.now, world.trail], [1000, "(a) (b)"]);
});

test("callPolicy() sends a read at most 1 + retries times", () => {
  for (const [retries, trail] of [[0, "a"], [1, "a b"], [2, "a b c"], [3, "a b c d"]] as const) {
    const world = new PolicyWorld({ a: [RESET], b: [RESET], c: [RESET], d: [RESET] });
    assertThrows(() => world.call({ retries }), NameServerError);
    assertEquals(world.trail, trail);
  }
});

test("callPolicy() goes round again, behind the backoff, while retries and time are left", () => {
  const world = new PolicyWorld({ a: [RESET, OK], b: [RESET] });
  assertEquals(world.call({ retries: 2 }).address, "a");
  assertEquals([world.trail, world.sleeps, world.slices[2]], ["a b a", [10], 990]);
});

test("callPolicy() goes round again past servers that refuse, for as long as there is time", () => {
  const world = new PolicyWorld({ a: [RESET, REFUSE, REFUSE, REFUSE, OK] });
  assertEquals(world.call({ retries: 1 }).address, "a");
  assertEquals([world.trail, world.sleeps], ["a (a) (a) (a) a", [10, 20, 30, 40]]);
});

test("callPolicy() does not wait for a backoff that ends behind the deadline", () => {
  const world = new PolicyWorld({ a: [RESET] }, () => 1000);
  assertThrows(() => world.call(), NameServerConnectionError, "lost a");
  assertEquals([world.trail, world.sleeps], ["a", []]);
});

test("callPolicy() sends nothing after a sleep that lasted past the deadline", () => {
  const world = new PolicyWorld({ a: [RESET, OK] });
  const oversleep = world.sleeps.push.bind(world.sleeps);
  world.sleeps.push = (ms) => {
    world.now += 2000; // as timers do while the thread is busy
    return oversleep(ms);
  };
  const error = assertThrows(() => world.call(), NameServerTimeoutError);
  assertEquals([world.trail, (error.cause as Error).message], ["a", "lost a"]);
});

test("fault 16: callPolicy() repeats a read whose connection was lost, at the next server", () => {
  const world = new PolicyWorld({ a: [RESET], b: [OK] });
  assertEquals([world.call().address, world.trail], ["b", "a b"]);
});

test("callPolicy() never repeats a write that may have reached a server", () => {
  for (const behaviour of [RESET, SILENT, GARBAGE, BUSY, NOT_READY, GO_AWAY]) {
    const world = new PolicyWorld({ a: [REFUSE], b: [behaviour], c: [OK] });
    try {
      world.call(ONCE);
    } catch { /* what it is, is told elsewhere */ }
    assertEquals(world.trail, "(a) b", JSON.stringify(behaviour));
  }
});

test("callPolicy() sends a write to the next server where not one byte of it was written", () => {
  const world = new PolicyWorld({ a: [REFUSE], b: [BLACK_HOLE], c: [STALE], d: [OK] });
  assertEquals([world.call(ONCE).address, world.trail], ["d", "(a) (b) (c) d"]);
});

test("fault 19: callPolicy() dials the only server again where its connection was lost before the request was written", () => {
  const world = new PolicyWorld({ a: [STALE, OK] });
  assertEquals([world.call({ idempotent: false, retries: 0 }).address, world.trail], ["a", "(a) a"]);
});

test("callPolicy() gives up where the only server refuses the dial that a lost connection made necessary", () => {
  const world = new PolicyWorld({ a: [STALE, REFUSE, OK] });
  const { errors } = assertThrows(() => world.call(), NameServerUnavailableError);
  assertEquals([world.trail, errors.map((error) => error.message)], ["(a) (a)", ["lost a", "refused a"]]);
});

test("faults 54, 23: callPolicy() does not repeat at a server what it can never read there", () => {
  const only = new PolicyWorld({ a: [GARBAGE, OK] });
  assertThrows(() => only.call(), NameServerProtocolError, "garbage a");
  assertEquals(only.trail, "a");
  const several = new PolicyWorld({ a: [GARBAGE, OK], b: [RESET, OK] });
  assertEquals([several.call().address, several.trail], ["b", "a b b"]);
});

test("faults 49, 50, 52: callPolicy() asks the next server where one is not ready, busy or going away", () => {
  for (const behaviour of [NOT_READY, BUSY, GO_AWAY]) {
    const world = new PolicyWorld({ a: [behaviour], b: [OK] });
    assertEquals([world.call().address, world.trail, world.sleeps], ["b", "a b", []]);
  }
});

test("fault 50: callPolicy() asks the only server again behind a backoff where it is busy", () => {
  const world = new PolicyWorld({ a: [BUSY, BUSY, OK] });
  assertEquals([world.call().code, world.trail, world.sleeps], [0, "a a a", [10, 20]]);
});

test("fault 52: callPolicy() repeats once where the only server goes away", () => {
  const once = new PolicyWorld({ a: [GO_AWAY, OK] });
  assertEquals([once.call().code, once.trail], [0, "a a"]);
  const forGood = new PolicyWorld({ a: [GO_AWAY] });
  assertEquals([forGood.call({ retries: 5 }).code, forGood.trail], [1500, "a a"]);
});

test("callPolicy() ends with the last answer where every server asked for patience", () => {
  const world = new PolicyWorld({ a: [BUSY], b: [NOT_READY], c: [GO_AWAY] });
  assertEquals([world.call().code, world.trail], [1500, "a b c"]);
  const none = new PolicyWorld({ a: [BUSY] });
  assertEquals([none.call({ retries: 0 }).code, none.trail], [2, "a"]);
});

test("callPolicy() gives any other answer at once, whatever its code", () => {
  for (const code of [0, 1, 3, 16, 17, 22, 4711, -1]) {
    const world = new PolicyWorld({ a: [{ type: "answer", code, remark: "no" }], b: [OK] });
    assertEquals([world.call().code, world.trail], [code, "a"]);
  }
});

test("callPolicy() gives the answer of a later server, whatever others did before", () => {
  const world = new PolicyWorld({ a: [REFUSE], b: [BUSY], c: [SILENT], d: [NO_TOPIC] });
  assertEquals([world.call().code, world.trail], [17, "(a) b c d"]);
});

test("callPolicy() lets the own error of the only attempt out", () => {
  const kinds = [[REFUSE, NameServerConnectionError], [GARBAGE, NameServerProtocolError], [SILENT, NameServerTimeoutError]] as const;
  for (const [behaviour, ErrorClass] of kinds) {
    const world = new PolicyWorld({ a: [behaviour] });
    const error = assertThrows(() => world.call(), ErrorClass);
    const { outcome } = world.visits[0]!;
    assertStrictEquals(error, outcome.type === "failure" ? outcome.error : undefined);
  }
});

test("callPolicy() lets one error an attempt out, in order, where several failed", () => {
  const world = new PolicyWorld({ a: [BUSY], b: [REFUSE], c: [RESET], d: [OK] });
  const { errors, message, operation } = assertThrows(() => world.call({ retries: 1 }), NameServerUnavailableError);
  assertEquals(errors.map((error) => [error.address, error.code]), [
    ["a", "NAMESRV_SYSTEM_BUSY"],
    ["b", "NAMESRV_CONNECT"],
    ["c", "NAMESRV_CONNECTION_LOST"],
  ]);
  assertInstanceOf(errors[0], NameServerResponseError);
  assertEquals(message, 'Cannot list topics in 3 attempts: "a": answer 2 (SYSTEM_BUSY), [OVERLOAD]system busy; refused b; lost c');
  assertEquals(operation, "listTopics");
});

test("callPolicy() ends with a timeout at the deadline, its attempts as the cause", () => {
  const world = new PolicyWorld({ a: [RESET], b: [SILENT] });
  const error = assertThrows(() => world.call(), NameServerTimeoutError);
  assertEquals([world.now, error.timeoutMs, error.operation], [2000, 1000, "listTopics"]);
  const cause = error.cause;
  assertInstanceOf(cause, NameServerUnavailableError);
  assertEquals(cause.errors.map((one) => one.message), ["lost a", "timeout b"]);
  assertEquals(error.message, "Cannot list topics within 1000 ms in 2 attempts: lost a; timeout b");
});

test("callPolicy() remembers across calls who answered last, and who failed", () => {
  const world = new PolicyWorld({ a: [RESET, OK], b: [OK, REFUSE], c: [OK] });
  world.call();
  assertEquals(world.trail, "a b");
  world.call(); // b answered last, and refuses now; a still backs off
  assertEquals(world.trail, "a b (b) c");
  world.now += 5000;
  world.call();
  assertEquals(world.trail, "a b (b) c c");
});

test("fault 11: callPolicy() backs off from a flapping server longer each time", () => {
  const world = new PolicyWorld({ a: [RESET] });
  assertThrows(() => world.call({ retries: 1000, timeoutMs: 5000 }));
  assert(world.visits.length < 40, `${world.visits.length} requests in 5 s`);
  assertEquals(world.sleeps, world.sleeps.map((_, index) => 10 * (index + 1)));
});

test("dialPolicy() dials until one accepts, each for its slice", () => {
  const world = new PolicyWorld({ a: [REFUSE], b: [BLACK_HOLE], c: [OK] });
  world.dial({ timeoutMs: 900 });
  assertEquals([world.visits.map((visit) => visit.step.type), world.slices], [["dial", "dial", "dial"], [300, 450, 450]]);
  assertEquals(world.servers.first(world.now)?.address, "c");
});

test("dialPolicy() throws with one error a server, also if there is only one", () => {
  for (const addresses of [["a"], ["a", "b", "c"]]) {
    const world = new PolicyWorld(Object.fromEntries(addresses.map((address) => [address, [REFUSE]])));
    const error = assertThrows(() => world.dial({ operation: "connect" }), NameServerUnavailableError);
    assertEquals([error.errors.map((one) => one.address), error.operation], [addresses, "connect"]);
  }
});

test("dialPolicy() throws with one error a server where all of them hang until the deadline", () => {
  const world = new PolicyWorld({ a: [BLACK_HOLE], b: [BLACK_HOLE], c: [BLACK_HOLE] });
  const error = assertThrows(() => world.dial(), NameServerUnavailableError);
  assertEquals([error.errors.length, world.now], [3, 2000]);
});
