import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { formatDataVersion, parseDataVersion } from "../../src/model/data_version.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

test("parseDataVersion() takes the stateVersion that 4.x leaves out as 0", () => {
  const version = parseDataVersion(encodeUtf8('{"counter":3,"timestamp":1700000000123}'));
  assertEquals(version, { stateVersion: 0, timestamp: 1700000000123, counter: 3 });
});

test("parseDataVersion() keeps longs exactly, bare or in quotes", () => {
  const text = '{"counter":9007199254740993,"stateVersion":"-9223372036854775808","timestamp":9223372036854775807}';
  assertEquals(parseDataVersion(encodeUtf8(text)), {
    counter: 9007199254740993n,
    stateVersion: -9223372036854775808n,
    timestamp: 9223372036854775807n,
  });
});

test("parseDataVersion() says which field is no long", () => {
  for (const [text, path] of [['{"counter":1.5}', "/counter"], ['{"timestamp":9223372036854775808}', "/timestamp"], ["[]", ""]] as const) {
    assertEquals(assertThrows(() => parseDataVersion(encodeUtf8(text)), NameServerDataParseError).path, path);
  }
});

test("formatDataVersion() writes longs exactly", () => {
  const text = formatDataVersion({ counter: 9007199254740993n, stateVersion: -1, timestamp: 9223372036854775807n });
  assertEquals(text, '{"counter":9007199254740993,"stateVersion":-1,"timestamp":9223372036854775807}');
});

test("formatDataVersion() names the field that is no long", () => {
  const good = { stateVersion: 0, timestamp: 0, counter: 0 };
  assertThrows(() => formatDataVersion({ ...good, counter: 2 ** 53 }), RangeError, "version.counter");
  assertThrows(() => formatDataVersion({ ...good, timestamp: 2n ** 63n }), RangeError, "version.timestamp");
  assertThrows(() => formatDataVersion({ timestamp: 0, counter: 0 } as never), TypeError, "version.stateVersion");
  assertThrows(() => formatDataVersion(undefined as never), TypeError, "version must be an object");
});
