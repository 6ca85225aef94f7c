import { assertEquals, assertThrows } from "@std/assert";
import {
  requireBoolean,
  requireDuration,
  requireInt,
  requireList,
  requireLong,
  requireName,
  requireObject,
  requireText,
} from "../../src/model/shape.ts";
import { test } from "../harness.ts";

test("requireName() gives a name back, and names the field that is empty or no string", () => {
  assertEquals(requireName("topic", "orders"), "orders");
  assertThrows(() => requireName("topic", ""), TypeError, "Cannot send request: topic must not be empty");
  assertThrows(() => requireName("topic", undefined as never), TypeError, "topic must be a string, not undefined");
  assertThrows(() => requireName("topic", null as never), TypeError, "topic must be a string, not null");
});

test("requireText() allows empty text, and nothing that is no text", () => {
  assertEquals(requireText("value", ""), "");
  assertThrows(() => requireText("value", 5 as never), TypeError, "value must be a string, not number");
});

test("requireInt() takes the integers of 32 bits", () => {
  for (const value of [-(2 ** 31), -1, 0, 2 ** 31 - 1]) assertEquals(requireInt("perm", value), value);
  for (const value of [2 ** 31, -(2 ** 31) - 1, 0.5, NaN, Infinity]) {
    assertThrows(() => requireInt("perm", value), RangeError, `perm must be an integer of 32 bits, not ${value}`);
  }
  for (const value of ["1", 1n, undefined]) assertThrows(() => requireInt("perm", value as never), TypeError, "perm must be a number");
});

test("requireLong() takes the integers of 64 bits, as numbers only where they are exact", () => {
  for (const value of [-(2n ** 63n), 2n ** 63n - 1n, 0, -1, Number.MAX_SAFE_INTEGER]) assertEquals(requireLong("brokerId", value), value);
  for (const value of [2n ** 63n, -(2n ** 63n) - 1n, 2 ** 53, -(2 ** 53), 0.5, NaN]) {
    assertThrows(() => requireLong("brokerId", value), RangeError, `not ${value}`);
  }
  for (const value of ["1", undefined, null]) {
    assertThrows(() => requireLong("brokerId", value as never), TypeError, "a number or a bigint");
  }
});

test("requireDuration() takes one millisecond and more", () => {
  assertEquals(requireDuration("heartbeatTimeoutMs", 1), 1);
  for (const value of [0, -1, 1.5, Infinity]) assertThrows(() => requireDuration("heartbeatTimeoutMs", value), RangeError);
});

test("requireBoolean(), requireObject() and requireList() refuse other kinds", () => {
  assertEquals([requireBoolean("order", false), requireObject("topics", {}), requireList("queues", [])], [false, {}, []]);
  assertThrows(() => requireBoolean("order", "false" as never), TypeError, "order must be true or false, not string");
  for (const value of [null, undefined, "x", []]) assertThrows(() => requireObject("topics", value as never), TypeError, "topics");
  for (const value of [null, undefined, "x", {}]) assertThrows(() => requireList("queues", value as never), TypeError, "queues");
});
