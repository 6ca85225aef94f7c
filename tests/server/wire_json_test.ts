import { assertEquals } from "@std/assert";
import { writeWireJson } from "../../src/server/wire_json.ts";
import { test } from "../harness.ts";

const FORMS = [
  { json: "fastjson1", form: "legacy" },
  { json: "fastjson1", form: "standard" },
  { json: "fastjson2", form: "legacy" },
  { json: "fastjson2", form: "standard" },
] as const;

function inAllForms(value: Parameters<typeof writeWireJson>[0]): readonly string[] {
  return FORMS.map((style) => writeWireJson(value, style));
}

test("writeWireJson() escapes as the library and the form want it", () => {
  assertEquals(inAllForms('é"\\/\n\x1a\x7f\x85\u2028'), [
    '"é\\"\\\\/\\n\\u001A\\u007F\\u0085\\u2028"',
    '"\\u00E9\\"\\\\\\/\\n\\u001A\\u007F\\u0085\\u2028"',
    '"é\\"\\\\/\\n\\u001a\x7f\x85\u2028"',
    '"é\\"\\\\/\\n\\u001a\x7f\x85\u2028"',
  ]);
});

test("writeWireJson() leaves integer keys bare in the legacy form, and sorts and quotes them in the standard one", () => {
  const legacy = '{10:"b",9:"a"}', standard = '{"9":"a","10":"b"}';
  assertEquals(inAllForms(new Map([[10n, "b"], [9n, "a"]])), [legacy, standard, legacy, standard]);
});

test("writeWireJson() quotes longs that JavaScript would spoil, in the standard form only", () => {
  const legacy = "[9007199254740991,9007199254740992,-9007199254740992]";
  const standard = '[9007199254740991,"9007199254740992","-9007199254740992"]';
  assertEquals(inAllForms([2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n)]), [legacy, standard, legacy, standard]);
});

test("writeWireJson() drops members that are null, and keeps elements and keys that are", () => {
  assertEquals(writeWireJson({ a: null, b: undefined, c: [null, true] }, FORMS[0]), '{"c":[null,true]}');
  assertEquals(writeWireJson(new Map([[null, 1]]), FORMS[0]), "{null:1}"); // as 4.9 lists a broker without a name
});
