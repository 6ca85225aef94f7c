import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { jsonFields } from "../../src/protocol/json_fields.ts";
import { JsonReader } from "../../src/protocol/json_reader.ts";
import { readAny } from "../../src/protocol/lenient_json.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

const FIELDS = jsonFields("code", "flag", "opaque");

const OBJECTS: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  "{}": [],
  " { } ": [],
  '{"code":1}': [["code", 1]],
  '{"code":1,"flag":2,"opaque":3}': [["code", 1], ["flag", 2], ["opaque", 3]],
  '{"opaque":3,"flag":2,"code":1}': [["opaque", 3], ["flag", 2], ["code", 1]],
  '{"code":1,"opaque":3}': [["code", 1], ["opaque", 3]],
  '{"code":1,"codes":2,"flag":3}': [["code", 1], ["codes", 2], ["flag", 3]],
  '{"code":1,"code":2}': [["code", 1], ["code", 2]],
  '{"code":null,"flag":2}': [["flag", 2]],
  '{"code":1,"flag":null,"opaque":null}': [["code", 1]],
  '{"unknown":null}': [],
  ' { "code" : 1 ,\n"flag"\t:2\r\n} ': [["code", 1], ["flag", 2]],
  '{"code": null, "flag":\n2}': [["flag", 2]],
  '{"c\\u006fde":1}': [["code", 1]],
  '{"é":[{}],"code":"日"}': [["é", [{}]], ["code", "日"]],
  '{"__proto__":1}': [["__proto__", 1]],
};

for (const [text, members] of Object.entries(OBJECTS)) {
  test(`JsonReader.key() gives the keys of ${text} and stops before each value`, () => {
    const reader = read(text);
    const seen: [string, unknown][] = [];
    for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) seen.push([key, readAny(reader)]);
    reader.end();
    assertEquals(seen, members);
  });
}

test("JsonReader.key() refuses bare keys: names are no data", () => {
  assertThrows(() => read("{0:1}").key(FIELDS, 0), NameServerDataParseError, "expected a string");
});

test("JsonReader.key() refuses what is no object", () => {
  // deno-fmt-ignore
  const texts = [
    "", "[]", "}", '"x"', "nul", '{"code"1}', '{"code":1,}', '{"code":1;"flag":2}', '{"code":1,.flag":2}', '["code":1}', `{'code":1}`,
    '{"code":1,"flag":2', '{"code":1]',
  ];
  for (const text of texts) assertThrows(() => readAllKeys(text), NameServerDataParseError, "", text);
});

function readAllKeys(text: string): void {
  const reader = read(text);
  for (let i = 0; reader.key(FIELDS, i) !== undefined; i++) readAny(reader);
}

test("JsonReader.int() reads integers of 32 bits, and no others", () => {
  for (const value of [0, 1, 8, 10, 123456789, 2147483647, -1, -2147483648]) {
    assertEquals([read(`${value}`).int(), read(` ${value}x`).int()], [value, value]);
  }
  assertStrictEquals(read("-0").int(), 0);
  for (
    const text of ["2147483648", "-2147483649", "99999999999999999999", "1.0", "1e1", "1E1", "01", "-", "", '"1"', "true", "null", "+1"]
  ) {
    assertThrows(() => read(text).int(), NameServerDataParseError, "an integer", text);
  }
});

test("JsonReader.long() reads Java longs, large ones as bigints, bare or in quotes", () => {
  const longs: readonly (number | bigint)[] = [0, -1, 9007199254740991, -9007199254740991, 9007199254740992n, 2n ** 63n - 1n, -(2n ** 63n)];
  for (const value of longs) {
    assertEquals([read(`${value}`).long(), read(`"${value}"`).long()], [value, value]);
  }
  for (const text of ["9223372036854775808", '"9223372036854775808"', '"1', '"1 "', '""', '"x"', "1.5", "true", "-9223372036854775809"]) {
    assertThrows(() => read(text).long(), NameServerDataParseError, "an integer", text);
  }
});

test("JsonReader.boolean() reads true and false, and no others", () => {
  assertEquals([read("true").boolean(), read("false").boolean()], [true, false]);
  for (const text of ["tru", "0", '"true"', "null", "", "True"]) {
    assertThrows(() => read(text).boolean(), NameServerDataParseError, "true or false", text);
  }
});

test("JsonReader.string() reads strings, and no others", () => {
  assertEquals([read('""').string(), read('"a\\nb"').string(), read('"é"').string()], ["", "a\nb", "é"]);
  for (const text of ["1", "null", "'a'", ""]) assertThrows(() => read(text).string(), NameServerDataParseError, "a string", text);
});

test("JsonReader.list() reads arrays, and no others", () => {
  assertEquals(read(" [ 1 , 2 ] ").list((reader) => reader.int()), [1, 2]);
  assertEquals(read("[]").list((reader) => reader.int()), []);
  for (const text of ["{}", "1", "[1,]", "[1 2]", "[1}"]) {
    assertThrows(() => read(text).list((reader) => reader.int()), NameServerDataParseError, "", text);
  }
});

const RECORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "{}": {},
  '{"0":"a"}': { "0": "a" },
  '{0:"a",1:"b"}': { "0": "a", "1": "b" },
  '{ 0 : "a" , 1 : "b" }': { "0": "a", "1": "b" },
  '{1:"b",0:"a"}': { "0": "a", "1": "b" },
  '{"x":"a",0:"b"}': { "x": "a", "0": "b" },
  '{0:"a","0":"b"}': { "0": "b" },
  '{0:null,1:"b"}': { "1": "b" },
  '{0:"a",0:null}': {},
  '{-1:"a",00:"b",9223372036854775807:"c"}': { "-1": "a", "00": "b", "9223372036854775807": "c" },
  '{0:"a","constructor":"b"}': { "0": "a", "constructor": "b" },
};

for (const [text, expected] of Object.entries(RECORDS)) {
  test(`JsonReader.stringRecord() and JsonReader.record() read ${text}, into records without a prototype`, () => {
    const records = [read(text).stringRecord(), read(text).record((reader) => reader.nullable((value) => value.string()))];
    for (const record of records) {
      assertEquals(record, expected);
      assertStrictEquals(Object.getPrototypeOf(record), null);
    }
  });
}

test("JsonReader.stringRecord() and JsonReader.record() read __proto__ as a key like others", () => {
  for (const text of ['{"__proto__":"a"}', '{0:"x","__proto__":"a"}']) {
    for (const record of [read(text).stringRecord(), read(text).record((reader) => reader.string())]) {
      assertEquals(Object.getOwnPropertyDescriptor(record, "__proto__")?.value, "a");
      assertStrictEquals(Object.getPrototypeOf(record), null);
    }
  }
});

test("JsonReader.stringRecord() refuses values that are no strings", () => {
  for (const text of ["{0:1}", "{0:[]}", '{0:"a",1:nul}', '{0:"a",1:2}', "[]", '{"a"}', "{x:1}"]) {
    assertThrows(() => read(text).stringRecord(), NameServerDataParseError, "Cannot parse JSON", text);
  }
});

test("JsonReader() refuses bare keys where it is told to", () => {
  const strict = new JsonReader(encodeUtf8('{0:"a"}'), { bareKeys: false });
  assertThrows(() => strict.stringRecord(), NameServerDataParseError, "a key");
});

test("JsonReader.missing() names the field that an object lacks", () => {
  const reader = read('{"a":[{}]}');
  const error = assertThrows(() => reader.missing("b", 6), NameServerDataParseError, "Cannot parse JSON at /a/0/b: expected a value");
  assertEquals(error.path, "/a/0/b");
});

test("JsonReader() reads text as it reads bytes", () => {
  for (const text of ['{"a":"b"}', '{"é":"日🚀"}', '"\u0122\u015c"']) {
    assertEquals(readAny(new JsonReader(text)), JSON.parse(text));
    assertEquals(readAny(read(text)), JSON.parse(text));
  }
});

test("JsonReader.end() refuses what stands behind the value", () => {
  const reader = read('{"a":1} x');
  readAny(reader);
  assertThrows(() => reader.end(), NameServerDataParseError, 'expected the end, found "x" (character 8)');
});

function read(text: string): JsonReader {
  return new JsonReader(encodeUtf8(text));
}
