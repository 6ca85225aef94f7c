import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import * as fc from "fast-check";
import { type NameServerError, NameServerResponseError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import type { PolicyCall } from "../../src/remote/policy.ts";
import { isTransient } from "../../src/request/response_error.ts";
import { test } from "../harness.ts";
import { type Behaviour, PolicyWorld, type Visit, wasSent } from "./policy_world.ts";

/** What is lost when milliseconds are added. */
const EPSILON = 1e-6;

const afterMs = fc.integer({ min: 0, max: 400 });
const answer = fc.constantFrom(
  { type: "answer", code: 0 },
  { type: "answer", code: 1, remark: "name server not ready" },
  { type: "answer", code: 1, remark: "java.lang.NullPointerException" },
  { type: "answer", code: 2, remark: "[OVERLOAD]system busy" },
  { type: "answer", code: 17 },
  { type: "answer", code: 1500 },
);
const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.tuple(answer, afterMs).map(([said, after]) => ({ ...said, afterMs: after }) as Behaviour),
  fc.record({ type: fc.constantFrom("refuse", "reset", "stale", "garbage"), afterMs }) as fc.Arbitrary<Behaviour>,
  fc.record({ type: fc.constantFrom("black hole", "silent") }) as fc.Arbitrary<Behaviour>,
);
const script = fc.array(behaviour, { minLength: 1, maxLength: 4 });
const call = fc.record({
  idempotent: fc.boolean(),
  retries: fc.integer({ min: 0, max: 4 }),
  timeoutMs: fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.double({ min: 0.01, max: 50, noNaN: true })),
  pauseMs: fc.integer({ min: 0, max: 500 }),
});
const scenario = fc.record({
  scripts: fc.array(script, { minLength: 1, maxLength: 5 }),
  calls: fc.array(call, { minLength: 1, maxLength: 4 }),
  backoffs: fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 5 }),
});

/** One call, told afterwards. */
interface Told {
  readonly call: PolicyCall;
  readonly addresses: readonly string[];
  readonly visits: readonly Visit[];
  readonly endedAt: number;
  readonly deadline: number;
  readonly answer?: RemotingCommand;
  readonly error?: unknown;
}

test("callPolicy() keeps its rules whatever servers do", () => {
  const ends = new Map<string, number>();
  fc.assert(
    fc.property(scenario, ({ scripts, calls, backoffs }) => {
      const named = Object.fromEntries(scripts.map((one, index) => [`s${index}`, one]));
      const world = new PolicyWorld(named, (failures) => backoffs[failures % backoffs.length]!);
      for (const { pauseMs, ...options } of calls) {
        world.now += pauseMs;
        const told = tell(world, { ...options, operation: "listTopics", startedAt: world.now });
        inTime(told);
        sentOnlyAsOftenAsAllowed(told);
        everyServerWasTried(told);
        const end = endsAsItShould(told);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }),
    { numRuns: 3000 },
  );
  for (const end of ["answer", "patience", "timeout", "own error", "unavailable"]) {
    assert((ends.get(end) ?? 0) > 10, `Too few calls ended with ${end}: ${JSON.stringify([...ends])}`);
  }
});

function tell(world: PolicyWorld, call: PolicyCall): Told {
  const before = world.visits.length;
  const told = (end: Pick<Told, "answer" | "error">): Told => ({
    call,
    addresses: world.servers.addresses,
    visits: world.visits.slice(before),
    endedAt: world.now,
    deadline: call.startedAt + call.timeoutMs,
    ...end,
  });
  try {
    return told({ answer: world.call(call) });
  } catch (error) {
    return told({ error });
  }
}

function inTime({ visits, endedAt, deadline }: Told): void {
  assert(endedAt <= deadline + EPSILON, `ended ${endedAt - deadline} ms too late`);
  for (const { at, step } of visits) {
    assert(step.timeoutMs > 0 && at + step.timeoutMs <= deadline + EPSILON, `slice of ${step.timeoutMs} ms at ${at}`);
  }
}

function sentOnlyAsOftenAsAllowed({ call, visits }: Told): void {
  const sent = visits.filter(({ outcome }) => wasSent(outcome));
  assert(sent.length <= 1 + call.retries, `sent ${sent.length} times`);
  if (call.idempotent) return;
  assert(sent.length <= 1, "a write was repeated");
  assert(sent.length === 0 || sent[0] === visits.at(-1), "something was tried behind a write that may have reached a server");
}

/** Unless it ended with an answer, or with good reason before. */
function everyServerWasTried(told: Told): void {
  const { call, visits, addresses, endedAt, deadline, answer } = told;
  if (answer !== undefined && !isTransient(answer)) return;
  const sent = visits.filter(({ outcome }) => wasSent(outcome)).length;
  if (endedAt >= deadline - EPSILON || sent > call.retries || (sent > 0 && !call.idempotent)) return;
  assertEquals(addresses.filter((address) => !visits.some((visit) => visit.step.address === address)), []);
}

function endsAsItShould({ call, visits, endedAt, deadline, answer, error }: Told): string {
  const { outcome } = visits.at(-1)!;
  if (answer !== undefined) {
    const last = outcome.type === "answer" ? outcome.response : undefined;
    if (answer.attempts === undefined) assertStrictEquals(answer, last);
    if (!isTransient(answer)) return "answer";
    if (visits.length > 1) assertEquals(answer, { ...last, attempts: visits.length });
    for (const visit of visits) assert(visit.outcome.type === "answer", "an answer came out in place of a failure");
    return "patience";
  }
  if (endedAt >= deadline - EPSILON) return endsWithTimeout(visits, error, call.timeoutMs);
  if (visits.length > 1) return endsWithOneErrorAnAttempt(visits, error);
  assertStrictEquals(outcome.type === "failure" && outcome.error, error);
  return "own error";
}

function endsWithTimeout(visits: readonly Visit[], error: unknown, timeoutMs: number): string {
  assertInstanceOf(error, NameServerTimeoutError);
  const [only] = visits;
  if (visits.length > 1) endsWithOneErrorAnAttempt(visits, error.cause);
  else if (error !== errorOf(only!)) assertSameError(error.cause, only!);
  if (visits.length > 1) assertEquals(error.timeoutMs, timeoutMs);
  return "timeout";
}

function endsWithOneErrorAnAttempt(visits: readonly Visit[], error: unknown): string {
  assertInstanceOf(error, NameServerUnavailableError);
  assertEquals(error.errors.length, visits.length);
  for (const [index, visit] of visits.entries()) assertSameError(error.errors[index], visit);
  return "unavailable";
}

function errorOf({ outcome }: Visit): NameServerError | undefined {
  return outcome.type === "failure" ? outcome.error : undefined;
}

function assertSameError(error: unknown, visit: Visit): void {
  const { outcome } = visit;
  if (outcome.type !== "answer") return assertStrictEquals(error, errorOf(visit));
  assertInstanceOf(error, NameServerResponseError);
  assertEquals([error.responseCode, error.address], [outcome.response.code, visit.step.address]);
}
