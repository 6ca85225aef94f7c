import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  NameServerClosedError,
  NameServerConnectionError,
  NameServerPartialWriteError,
  NameServerTimeoutError,
  NameServerUnavailableError,
} from "../../src/errors.ts";
import { requests } from "../../src/request/mod.ts";
import { collectAnswers, type ServerResult } from "../../src/request/per_server.ts";
import { test } from "../harness.ts";

const closed = new NameServerClosedError("Cannot wait for the answer: the client was closed");
const timedOut = new NameServerTimeoutError("no answer within 100 ms", { timeoutMs: 100 });
const refused = new NameServerConnectionError("refused", { code: "NAMESRV_CONNECT" });

function results(...outcomes: readonly unknown[]): readonly ServerResult<unknown>[] {
  return outcomes.map((outcome, i) => ({
    address: `ns${i}:9876`,
    result: outcome instanceof Error ? { status: "rejected", reason: outcome } : { status: "fulfilled", value: outcome },
  }));
}

test("collectAnswers() gives every answer by its server", () => {
  assertEquals([...collectAnswers(requests.putKvConfig, results(1, 2))], [["ns0:9876", 1], ["ns1:9876", 2]]);
});

test("collectAnswers() says who accepted a write and what kept the others, each its own error", () => {
  const error = assertThrows(
    () => collectAnswers(requests.putKvConfig, results(timedOut, undefined, refused)),
    NameServerPartialWriteError,
    "Cannot put kv config at 2 of 3 servers",
  );
  assertEquals([error.accepted, error.errors], [["ns1:9876"], [timedOut, refused]]);
});

test("collectAnswers() takes a write that close() cut short for closed, not for a partial write, where nobody accepted", () => {
  for (const outcomes of [[closed, closed], [timedOut, closed], [closed]]) {
    const thrown = assertThrows(() => collectAnswers(requests.putKvConfig, results(...outcomes)), NameServerClosedError);
    assertStrictEquals(thrown, closed);
  }
});

test("collectAnswers() still says who accepted a write that close() cut short", () => {
  const error = assertThrows(() => collectAnswers(requests.putKvConfig, results(undefined, closed)), NameServerPartialWriteError);
  assertEquals([error.accepted, error.errors], [["ns0:9876"], [closed]]);
});

test("collectAnswers() takes a read of all servers that close() cut short for closed", () => {
  assertThrows(() => collectAnswers(requests.getNameServerConfig, results({}, closed)), NameServerClosedError);
  assertThrows(() => collectAnswers(requests.getNameServerConfig, results({}, refused)), NameServerUnavailableError);
});

test("collectAnswers() lets an error that is no server's pass as it is", () => {
  const reason = new Error("aborted");
  assertStrictEquals(assertThrows(() => collectAnswers(requests.putKvConfig, results(undefined, reason))), reason);
});
