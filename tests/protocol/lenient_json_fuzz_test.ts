import { assert, assertEquals, assertInstanceOf, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";
import { attempt } from "./attempt.ts";
import { rounded } from "./rounded.ts";

test("parseLenientJson() reads what JSON.parse reads, to the same value", () => {
  const json = fc.tuple(fc.jsonValue({ stringUnit: "binary", maxDepth: 6 }), fc.constantFrom(undefined, 0, 1, "\t", "\r\n "))
    .map(([value, space]) => JSON.stringify(value, null, space));
  fc.assert(
    fc.property(json, (text) => {
      fc.pre(!hasBackslashInKey(text));
      assertEquals(rounded(parse(text)), JSON.parse(text));
    }),
    { numRuns: 300 },
  );
});

test("parseLenientJson() accepts exactly what JSON.parse accepts once bare integer keys are quoted", () => {
  const accepted = { yes: 0, no: 0 };
  fc.assert(
    fc.property(damagedJson(), (text) => {
      fc.pre(!hasBackslashInKey(text));
      const expected = attempt(() => JSON.parse(quoteBareKeys(text)));
      const actual = attempt(() => parse(text));
      if (expected instanceof Error) assertInstanceOf(actual, NameServerDataParseError, text);
      else assertEquals(rounded(actual), expected, text);
      accepted[expected instanceof Error ? "no" : "yes"]++;
    }),
    { numRuns: 2000 },
  );
  // A test whose texts were all good, or all bad, would tell nothing.
  assert(accepted.yes > 200 && accepted.no > 200, JSON.stringify(accepted));
});

test("parseLenientJson() tells a key of one escape from another, whatever keys it has read before", () => {
  for (const key of ["\\", '"', "\n", "\\", "\u0001", '"']) assertEquals(parse(JSON.stringify({ a: 1, [key]: 0 })), { a: 1, [key]: 0 });
});

test("parseLenientJson() judges any bytes as a strict decoder and JSON.parse do", () => {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const bytes = fc.tuple(fc.string({ unit: "binary", maxLength: 8 }), fc.uint8Array({ maxLength: 3 })).map(([text, garbage]) =>
    Uint8Array.of(0x22, ...encodeUtf8(text), ...garbage, 0x22)
  );
  fc.assert(
    fc.property(bytes, (body) => {
      const expected = attempt(() => JSON.parse(strict.decode(body)));
      const actual = attempt(() => parseLenientJson(body));
      if (expected instanceof Error) assertInstanceOf(actual, NameServerDataParseError);
      else assertStrictEquals(actual, expected);
    }),
    { numRuns: 2000 },
  );
});

/** JSON, some of it with bare keys, with a few characters changed. */
function damagedJson(): fc.Arbitrary<string> {
  const value = fc.jsonValue({ stringUnit: fc.constantFrom("a", '"', "\\", "{0:", "\u0001", "é", "🚀", "1"), maxDepth: 4 });
  const integerKeys = fc.dictionary(fc.integer().map(String), value, { minKeys: 1, maxKeys: 3 });
  const text = fc.tuple(fc.oneof(value, integerKeys), fc.boolean()).map(([data, bare]) => {
    const json = JSON.stringify(data);
    return bare ? json.replace(/"(?:[^"\\]|\\.)*"(?=:)/g, (key) => /^"-?\d+"$/.test(key) ? key.slice(1, -1) : key) : json;
  });
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.integer({ min: 0, max: 2 }),
    insert: fc.oneof(
      // deno-fmt-ignore
      fc.constantFrom("", "0", "-", "1", ".5", "e3", "00", "{", "}", "[", "]", ",", ":", '"', "\\", "\\u12", "\\n", "'", " ", "\n", "\u00a0"),
      fc.constantFrom("null", "true", "nul", "NaN", "Infinity", "1:", "-2 :", "x:", "/**/", "//", "\u0000", "\u2028", "\ufeff"),
    ),
  });
  return fc.tuple(text, fc.array(edit, { maxLength: 2 })).map(([json, edits]) => edits.reduce(applied, json));
}

function applied(text: string, edit: { readonly at: number; readonly remove: number; readonly insert: string }): string {
  const at = edit.at % (text.length + 1);
  return (text.slice(0, at) + edit.insert + text.slice(at + edit.remove)).toWellFormed();
}

/** The text with integers that stand before a colon, outside strings, in quotes. A string that never ends goes on to the end of the text. */
function quoteBareKeys(text: string): string {
  return text.replace(/"(?:[^"\\]|\\[^])*(?:"|\\?$)|(-?\d+)(?=[ \t\r\n]*:)/g, (match, key) => key === undefined ? match : `"${key}"`);
}

/**
 * Such keys make V8 15.0 a bad judge: where it has seen `{"a":1,"\\":0}`, it reads the last key of `{"a":1,"\"":0}` as a backslash too. It compares the
 * key it expects with the escaped text.
 */
function hasBackslashInKey(text: string): boolean {
  return /(?:\\\\|\\u005c)(?:[^"\\]|\\.)*"\s*:/i.test(text);
}

function parse(text: string): unknown {
  return parseLenientJson(encodeUtf8(text));
}
