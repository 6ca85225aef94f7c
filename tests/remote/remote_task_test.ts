import { assertEquals, assertStrictEquals } from "@std/assert";
import { NameServerConnectionError } from "../../src/errors.ts";
import { createRequest, createResponse, type RemotingCommand } from "../../src/protocol/command.ts";
import type { RemoteEvent } from "../../src/remote/events.ts";
import type { Outcome } from "../../src/remote/outcome.ts";
import type { Step } from "../../src/remote/policy.ts";
import { type Performed, RemoteTask, type StepPerformer } from "../../src/remote/remote_task.ts";
import { test } from "../harness.ts";

const REQUEST = createRequest(105);
const ANSWER: Outcome = { type: "answer", response: createResponse(REQUEST) };
const LOST: Outcome = { type: "failure", error: new NameServerConnectionError("lost", { code: "NAMESRV_CONNECTION_LOST" }), sent: true };

/** A performer that only notes what it is to do. */
class Notes implements StepPerformer {
  readonly begun: Step[] = [];
  readonly events: RemoteEvent[] = [];
  begin(step: Step): void {
    this.begun.push(step);
  }
  publish(event: RemoteEvent): void {
    this.events.push(event);
  }
}

/** Asks each server in turn until one answers. */
function* askEach(...addresses: readonly string[]): Generator<Step, RemotingCommand, Outcome | undefined> {
  for (const address of addresses) {
    const outcome = yield { type: "exchange", address, timeoutMs: 1 };
    if (outcome?.type === "answer") return outcome.response;
  }
  throw new Error("all failed");
}

function start(steps: Generator<Step, RemotingCommand, Outcome | undefined>, performer: StepPerformer) {
  let task!: Performed;
  const result = new Promise<RemotingCommand>((resolve, reject) => {
    const started = new RemoteTask({ steps, sent: { command: REQUEST }, signal: undefined }, performer, resolve, reject);
    task = started;
    started.proceed(undefined);
  });
  result.catch(() => {});
  return { task, result };
}

test("RemoteTask begins the policy's first step at once, and an answer ends it", async () => {
  const notes = new Notes();
  const { task, result } = start(askEach("a:1", "b:1"), notes);
  assertEquals(notes.begun, [{ type: "exchange", address: "a:1", timeoutMs: 1 }]);
  task.onOutcome(ANSWER);
  assertStrictEquals(await result, (ANSWER as { readonly response: RemotingCommand }).response);
  assertEquals([notes.begun.length, notes.events], [1, []]);
});

test("RemoteTask begins nothing within the connection that tells it of a failure, but right behind", async () => {
  const notes = new Notes();
  const { task } = start(askEach("a:1", "b:1"), notes);
  task.onOutcome(LOST);
  assertEquals(notes.begun.length, 1);
  await undefined;
  assertEquals(notes.begun.map((step) => step.type === "exchange" && step.address), ["a:1", "b:1"]);
});

test("RemoteTask tells of a call that goes on at another server, not of one that asks the same again", async () => {
  const notes = new Notes();
  const { task } = start(askEach("a:1", "a:1", "b:1"), notes);
  task.onOutcome(LOST);
  await undefined;
  assertEquals(notes.events, []);
  task.onOutcome(LOST);
  await undefined;
  assertEquals(notes.events.map((event) => event.type === "failover" && [event.from, event.to]), [["a:1", "b:1"]]);
});

test("RemoteTask ends with what the policy throws, with what is thrown by who performs, and with a misuse", async () => {
  const { task, result } = start(askEach("a:1"), new Notes());
  task.onOutcome(LOST);
  assertEquals((await reasonOf(result) as Error).message, "all failed");
  const refusal = new Error("refused");
  const refusing: StepPerformer = {
    begin() {
      throw refusal;
    },
    publish() {},
  };
  assertStrictEquals(await reasonOf(start(askEach("a:1"), refusing).result), refusal);
  const misused = start(askEach("a:1"), new Notes());
  misused.task.onMisuse(refusal);
  assertStrictEquals(await reasonOf(misused.result), refusal);
});

test("RemoteTask ends with the signal's reason, and asks the policy no more", async () => {
  const notes = new Notes();
  const { task, result } = start(askEach("a:1", "b:1"), notes);
  const reason = new Error("enough");
  task.onOutcome({ type: "aborted", reason });
  assertStrictEquals(await reasonOf(result), reason);
  assertEquals(notes.begun.length, 1);
});

async function reasonOf(result: Promise<unknown>): Promise<unknown> {
  const [settled] = await Promise.allSettled([result]);
  return settled.status === "rejected" ? settled.reason : undefined;
}
