import { assertEquals } from "@std/assert";
import { jsonLines } from "../../src/cli/json_lines.ts";
import { test } from "../harness.ts";

test("jsonLines() writes members in the order of their names, at every depth, and lists as they are", () => {
  assertEquals(jsonLines({ b: [{ d: 1, c: true }, 2], a: "x" }).join("").replaceAll(" ", ""), '{"a":"x","b":[{"c":true,"d":1},2]}');
});

test("jsonLines() writes bigints as strings, and safe integers as numbers", () => {
  const value = { big: 2n ** 63n - 1n, safe: Number.MAX_SAFE_INTEGER };
  assertEquals(JSON.parse(jsonLines(value).join("")), { big: "9223372036854775807", safe: 9007199254740991 });
});

test("jsonLines() escapes what a terminal would obey, in keys and values, so that JSON gives it back", () => {
  const value = { "\x1b\x9b": "\u202e\n\u{e0041}\x7f" };
  const text = jsonLines(value).join("\n");
  assertEquals(/[^\x20-\x7e\n]/.test(text), false);
  assertEquals(JSON.parse(text), value);
});

test("jsonLines() keeps a key named __proto__", () => {
  assertEquals(jsonLines(JSON.parse('{"__proto__":{"b":1}}')).join("").replaceAll(" ", ""), '{"__proto__":{"b":1}}');
});
