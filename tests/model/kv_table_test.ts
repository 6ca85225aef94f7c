import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseKvTable } from "../../src/model/kv_table.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

test("parseKvTable() keeps empty values and leaves null ones out", () => {
  assertEquals(parseKvTable(encodeUtf8('{"table":{"a":"","b":null,"c":"it\'s {0:x}"}}')), { a: "", c: "it's {0:x}" });
});

test("parseKvTable() takes an absent table as empty", () => {
  assertEquals(parseKvTable(encodeUtf8("{}")), {});
});

test("parseKvTable() takes __proto__ as a key like others", () => {
  const table = parseKvTable(encodeUtf8('{"table":{"__proto__":"x","constructor":"y"}}'));
  assertEquals(Object.entries(table), [["__proto__", "x"], ["constructor", "y"]]);
  assertEquals(Object.getPrototypeOf(table), null);
});

test("parseKvTable() says which value is no text", () => {
  const error = assertThrows(() => parseKvTable(encodeUtf8('{"table":{"a/b":5}}')), NameServerDataParseError);
  assertEquals(error.path, "/table/a~1b");
});
