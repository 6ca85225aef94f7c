import { assertEquals } from "@std/assert";
import { formatJson } from "../../src/protocol/format_json.ts";
import { test } from "../harness.ts";

test("formatJson() writes what JSON.stringify() writes", () => {
  const value = { a: [1, -0.5, 'é"\\\n', true, null, [], {}], "": { b: undefined, c: false } };
  assertEquals(formatJson(value), JSON.stringify(value));
});

test("formatJson() writes bigints as bare integers", () => {
  assertEquals(formatJson({ id: 9007199254740993n, ids: [-9223372036854775808n] }), '{"id":9007199254740993,"ids":[-9223372036854775808]}');
});

test("formatJson() writes members of records without prototype, __proto__ too", () => {
  assertEquals(formatJson(Object.assign(Object.create(null), JSON.parse('{"__proto__":1}'))), '{"__proto__":1}');
});
