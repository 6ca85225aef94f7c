import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerDataParseError } from "../../src/errors.ts";
import { pointerAt } from "../../src/protocol/json_pointer.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

/** Text with `¿` where something is wrong → the pointer to that place. */
const PLACES: Readonly<Record<string, string>> = {
  "¿": "",
  "[¿": "/0",
  "[1,¿": "/1",
  "[[],[[1],{},¿": "/1/2",
  '{"a":¿': "/a",
  '{"a":1,"b":¿': "/b",
  '{"a":{"b":[{"c":1},{"d":[2,3,¿': "/a/b/1/d/2",
  '{"a":[1,2],"b":{"c":{}},"d":¿': "/d",
  '{"a":[1,2,{}]¿': "/a",
  '{"a" ¿': "/a",
  '{ "a" : 1 , ¿': "",
  '{"a":1,"b¿': "",
  '{"a":1,¿': "",
  "{¿": "",
  '{"":¿': "/",
  '{"":{"":¿': "//",
  '{"a/b":{"c~d":{"~1":¿': "/a~1b/c~0d/~01",
  '{"q\\"{[,:\\\\":¿': '/q"{[,:\\',
  '{"\\u0061\\n":¿': "/a\n",
  '{"x":"}],{\\"","y":¿': "/y",
  "{0:¿": "/0",
  '{0:"a",-12:¿': "/-12",
  '{0:"a", 9007199254740993 :[¿': "/9007199254740993/0",
  '{"é🚀":¿': "/é🚀",
};

for (const [place, pointer] of Object.entries(PLACES)) {
  test(`pointerAt() gives ${JSON.stringify(pointer)} for the mark in ${place}`, () => {
    assertEquals(pointerAt(place.replace("¿", "?"), place.indexOf("¿")), pointer);
  });

  test(`parseLenientJson() says ${JSON.stringify(pointer)} when it stops at the mark in ${place}`, () => {
    const error = assertThrows(() => parse(place.replace("¿", "\u0001")), NameServerDataParseError);
    assertEquals(error.path, pointer);
    assertEquals(error.message.startsWith(pointer === "" ? "Cannot parse JSON: " : `Cannot parse JSON at ${pointer}: `), true);
  });
}

test("parseLenientJson() says where a value is wrong, however deep and under whatever key", () => {
  const WRONG = "wrong\u0001";
  const key = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("~", "/", "~1", '"', "\\", "{", ":", "0", "__proto__"));
  const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.constant<Node>({ path: [], value: WRONG }),
      fc.tuple(
        fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 }),
        tie("tree"),
        fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 2 }),
      )
        .map(([before, node, after]): Node => ({ path: [`${before.length}`, ...node.path], value: [...before, node.value, ...after] })),
      fc.tuple(fc.dictionary(key, fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }), key, tie("tree"))
        .map(([members, name, node]): Node => ({ path: [name, ...node.path], value: withMember(members, name, node.value) })),
    ),
  }));
  fc.assert(
    fc.property(tree, fc.constantFrom(undefined, 1), ({ path, value }, space) => {
      const text = JSON.stringify(value, null, space).replace(JSON.stringify(WRONG), "?");
      const error = assertThrows(() => parse(text), NameServerDataParseError);
      assertEquals(error.path, path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""));
    }),
    { numRuns: 300 },
  );
});

/** A tree with one wrong value in it, and the way there. */
interface Node {
  readonly path: readonly string[];
  readonly value: unknown;
}

function withMember(members: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  return Object.fromEntries([...Object.entries(members).filter(([key]) => key !== name), [name, value]]);
}

test("parseLenientJson() quotes what it found and where, and no more than 24 characters of it", () => {
  const error = assertThrows(() => parse(`{"a":[tru, "a long text that goes on and on"]}`), NameServerDataParseError);
  assertEquals(error.message, `Cannot parse JSON at /a/0: expected true or false, found "tru, \\"a long text that g" (character 6)`);
  const end = assertThrows(() => parse(`{"a":`), NameServerDataParseError);
  assertEquals(end.message, "Cannot parse JSON at /a: expected a value, found the end (character 5)");
});

function parse(text: string): unknown {
  return parseLenientJson(encodeUtf8(text));
}
