import { assertEquals, assertThrows } from "@std/assert";
import { FastjsonReader } from "../../src/server/fastjson_reader.ts";
import { JavaBean } from "../../src/server/java_bean.ts";
import { test } from "../harness.ts";

type Dialect = "fastjson1" | "fastjson2";

/** What `code` is read as, or `undefined` where the text is refused. */
function codeOf(text: string, dialect: Dialect): number | undefined {
  try {
    return JavaBean.of(new FastjsonReader(text, dialect).read(), dialect)!.int("code", 7);
  } catch {
    return undefined;
  }
}

// [text, fastjson 1 of 5.3.3, fastjson 2 of 5.5.0]: each was sent to the real servers as a header.
const READ: readonly (readonly [string, number | undefined, number | undefined])[] = [
  ['{"code":206}', 206, 206],
  ["{'code':206}", 206, 206],
  ["{code:206}", 206, undefined],
  ['\uFEFF{"code":206}', 206, undefined],
  ['  {"code":206}\n\0', 206, 206],
  ['{"code":206,}', 206, 206],
  ['{"code":206,,"x":1}', 206, undefined],
  ['{,"code":206}', 206, undefined],
  ['{"code":206 "x":1}', undefined, 206],
  ['{"code":206,/* c */"x":1}', 206, 206],
  ['{"code":206,// c\n"x":1}', 206, 206],
  ['{"code":206,# c\n"x":1}', undefined, undefined],
  ['{"code":206,"x":[1,2,]}', 206, undefined],
  ['{"code":206,"x":undefined}', 206, undefined],
  ['{"code":206,"x":Infinity}', undefined, undefined],
  ['{"code":206,"x":"a\nb\\x41\\v"}', 206, 206],
  ['{"code":206,"x":"\\q"}', undefined, undefined],
  ['{"code":206,"x":"\\u00zz"}', undefined, 206],
  ['{"code":206,1:2}', undefined, undefined],
  ['{"code":206} x', undefined, undefined],
  ['{"code":206', undefined, undefined],
  ['{"@type":"java.lang.Object","code":206}', undefined, 206],
  ['{"code":+206}', 206, 206],
  ['{"code":0206}', 206, 206],
  ['{"code":0xCE}', undefined, undefined],
  ['{"code":206.9}', 206, 206],
  ['{"code":2e2}', 200, 200],
  ['{"code":"206"}', 206, 206],
  ['{"code":"206.5"}', undefined, 206],
  ['{"code":true}', 1, 1],
  ['{"code":[206]}', undefined, 206],
  ['{"code":2147483648}', undefined, undefined],
  ['{"code":null}', 7, 0],
  ['{"code":""}', 7, 0],
  ['{"code":NaN}', 7, undefined],
  ['{"CODE":206}', 206, 7],
  ['{"code":205,"code":206}', 206, 206],
];

test("FastjsonReader.read() and JavaBean.int() take and refuse what the servers take and refuse", () => {
  assertEquals(READ.map(([text]) => [text, codeOf(text, "fastjson1"), codeOf(text, "fastjson2")]), READ.map((row) => [...row]));
});

test("FastjsonReader.read() refuses nesting that would exhaust the stack", () => {
  assertThrows(() => new FastjsonReader("[".repeat(100_000), "fastjson1").read(), Error, "less nesting");
});

test("JavaBean.text() makes text of any value, as each library does", () => {
  const text = (value: string, dialect: Dialect) => JavaBean.of(new FastjsonReader(`{"t":${value}}`, dialect).read(), dialect)!.text("t");
  const values = ["true", "1.0", "1e3", "-0", "007", "12345678901234567890", '[1,"a",null,{"b":null,"c":1.50}]', "null"];
  const same = ["true", "1.0"], list = '[1,"a",null,{"c":1.50}]';
  assertEquals(values.map((value) => text(value, "fastjson1")), [...same, "1E+3", "-0", "007", "12345678901234567890", list, null]);
  assertEquals(values.map((value) => text(value, "fastjson2")), [...same, "1000.0", "0", "7", "12345678901234567890", list, null]);
});
