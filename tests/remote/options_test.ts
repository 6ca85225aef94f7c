import { readFileSync } from "node:fs";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { checkTimeout, completeOptions, fullJitter, REMOTE_DEFAULTS } from "../../src/remote/options.ts";
import { createRemote } from "../../src/remote/create_remote.ts";
import { test } from "../harness.ts";

/** `@default {…}` of every property of a source file that has one in plain figures or text. */
function documentedDefaults(file: string): Readonly<Record<string, unknown>> {
  const source = readFileSync(new URL(`../../src/remote/${file}`, import.meta.url), "utf8");
  const documented: Record<string, unknown> = {};
  for (const [, value, name] of source.matchAll(/@default \{([^}]*)\}[^/]*\*\/\s*readonly (\w+)\??:/g)) {
    const text = value!.replaceAll(/(?<=\d)_(?=\d)/g, "");
    if (/^(?:-?\d+|".*"|true|false)$/.test(text)) documented[name!] = JSON.parse(text);
  }
  return documented;
}

test("REMOTE_DEFAULTS is what the documentation of RemoteOptions says", () => {
  assertEquals(documentedDefaults("options.ts"), { ...REMOTE_DEFAULTS });
});

test("completeOptions({}) gives the defaults", () => {
  const { backoff, ...rest } = completeOptions({});
  assertEquals(rest, { ...REMOTE_DEFAULTS });
  assertEquals(backoff, fullJitter);
});

test("completeOptions() keeps what is given", () => {
  const given = {
    connectTimeoutMs: 1,
    timeoutMs: 0.5,
    retries: 0,
    backoff: () => 7,
    maxFrameBytes: 8,
    maxInFlight: 1,
    serialization: "rocketmq",
  } as const;
  assertEquals(completeOptions(given), given);
});

test("completeOptions() refuses numbers out of their range, and names option, value and range", () => {
  const wrong: readonly (readonly [option: string, values: readonly unknown[], range: string])[] = [
    ["connectTimeoutMs", [0, -1, NaN, Infinity, 2 ** 31], "above 0 and at most 2147483647 ms"],
    ["timeoutMs", [0, -1, NaN, Infinity, 2 ** 31], "above 0 and at most 2147483647 ms"],
    ["retries", [-1, 0.5, NaN, Infinity], "an integer from 0 to 2147483647"],
    ["maxFrameBytes", [7, 8.5, NaN, 2 ** 31], "an integer from 8 to 2147483647"],
    ["maxInFlight", [0, -1, 1.5, Infinity], "an integer from 1 to 2147483647"],
  ];
  for (const [option, values, range] of wrong) {
    for (const value of values) {
      const { message } = assertThrows(() => createRemote("a:1", { [option]: value }), RangeError);
      assertEquals(message, `Cannot use ${option} ${value}: it must be ${range}`);
    }
  }
});

test("completeOptions() refuses what is no number, function or object, and names the option", () => {
  const wrong: readonly (readonly [option: string, value: unknown, expected: string])[] = [
    ["timeoutMs", "100", "a number, not string"],
    ["connectTimeoutMs", {}, "a number, not object"],
    ["retries", "2", "a number, not string"],
    ["maxInFlight", [], "a number, not array"],
    ["backoff", 100, "a function, not number"],
  ];
  for (const [option, value, expected] of wrong) {
    const { message } = assertThrows(() => createRemote("a:1", { [option]: value }), TypeError);
    assertEquals(message, `Cannot use ${option}: it must be ${expected}`);
  }
  assertThrows(() => createRemote("a:1", { adapter: {} as never }), TypeError, "Cannot use adapter: it must be an object with connect()");
  assertThrows(() => createRemote("a:1", "9876" as never), TypeError, "Cannot use options: they must be an object, not string");
});

test("completeOptions() refuses a serialization that does not exist", () => {
  const wrong = { serialization: "xml" as unknown as "json" };
  assertThrows(() => completeOptions(wrong), TypeError, 'Cannot use serialization "xml": it must be "json" or "rocketmq"');
});

test("checkTimeout() takes anything above 0 up to 2^31 − 1 ms", () => {
  for (const value of [0.001, 1, 0x7fffffff]) assertEquals(checkTimeout("timeoutMs", value), value);
});

test("fullJitter() is anything up to a bound that doubles from 100 to 3000 ms", () => {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) => fullJitter(attempt, () => 1));
  assertEquals(bounds, [100, 200, 400, 800, 1600, 3000, 3000, 3000]);
  assertEquals([fullJitter(1, () => 0), fullJitter(3, () => 0.5)], [0, 200]);
  for (let attempt = 1; attempt < 20; attempt++) {
    const wait = fullJitter(attempt);
    assert(wait >= 0 && wait <= 3000, `${wait}`);
  }
});
