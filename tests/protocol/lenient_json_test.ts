import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

// deno-fmt-ignore
const REFUSED: readonly string[] = [
  "", " ", "nul", "undefined", "NaN", "Infinity", "-Infinity", "-", "+1", ".5", "1.", "01", "-01", "1e", "1e+", "0x10", "1_000", "1n",
  "'a'", '"a', '"\u001f"', '"\\n\u001f"', '"\\', '"\\x41"', '"\\u12"', '"\\u12G4"', '"\\u+123"', '"\t"', '"\n"', '"\u0000"', "tru", "True", "falsee",
  "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1}", "{", "}", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":1,}', "{,}", '{"a" 1}',
  "{a:1}", "{'a':1}", "{null:1}", "{true:1}", "{-:1}", "{--1:1}", "{+1:1}", "{1.5:1}", "{1e3:1}", "{0x1:1}", "{1 2:3}", "{:1}", "{1}",
  "{1:}", "[1:2]", "1 2", "{}{}", "[]]", "/**/1", "1//", "\u00a01", "\ufeff{}", '\ufeff"\ufffd"', "{}\ufeff", "\u20281", "\v1", "\f1",
];

for (const text of REFUSED) {
  test(`parseLenientJson() refuses ${JSON.stringify(text)}`, () => {
    const error = assertThrows(() => parse(text), NameServerDataParseError, "Cannot parse JSON");
    assertEquals(error.code, "NAMESRV_MALFORMED_BODY");
  });
}

test("parseLenientJson() keeps bare integer keys as text, whatever their size", () => {
  const record = parse(`{0:"a", -1 :"b",9007199254740993:"c",${"9".repeat(40)}:"d",007:"e","8":"f",-0:"g"}`);
  assertEquals(record, { "0": "a", "-1": "b", "9007199254740993": "c", ["9".repeat(40)]: "d", "007": "e", "8": "f", "-0": "g" });
});

test("parseLenientJson() leaves text that looks like bare keys alone", () => {
  assertEquals(parse(`{"note":"it's {0:x}, {1:\\"y\\"}"}`), { note: `it's {0:x}, {1:"y"}` });
});

test("parseLenientJson() gives integers beyond 2^53 − 1 as bigints, and no others", () => {
  assertEquals(parse("[9007199254740991,-9007199254740991]"), [9007199254740991, -9007199254740991]);
  assertEquals(parse("[9007199254740992,-9007199254740992,9007199254740993]"), [9007199254740992n, -9007199254740992n, 9007199254740993n]);
  assertEquals(parse("[9223372036854775807,-9223372036854775808]"), [2n ** 63n - 1n, -(2n ** 63n)]);
  assertEquals(parse("[9007199254740993.0,9007199254740993e0,1e300,1e400]"), [9007199254740992, 9007199254740992, 1e300, Infinity]);
});

test("parseLenientJson() reads integers of any size up to 1,024 digits exactly", () => {
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), (value) => {
    const expected = Number.isSafeInteger(Number(value)) ? Number(value) : value;
    assertEquals(parse(`${value}`), expected);
  }));
  assertEquals(parse("9".repeat(1024)), 10n ** 1024n - 1n);
  assertThrows(() => parse("9".repeat(1025)), NameServerDataParseError, "an integer of at most 1024 digits");
});

test("parseLenientJson() keeps the sign of −0, as JSON.parse does", () => {
  for (const text of ["-0", "-0.0", "-0e5", "0"]) assertStrictEquals(Object.is(parse(text), JSON.parse(text)), true, text);
});

test("parseLenientJson() lets the last of equal keys win, quoted or bare", () => {
  assertEquals(parse(`{"a":1,"b":2,"a":3}`), { a: 3, b: 2 });
  assertEquals(parse(`{0:1,"0":2}`), { "0": 2 });
  assertEquals(parse(`{"0":1,0:null}`), { "0": null });
});

test("parseLenientJson() reads __proto__, constructor and the like as keys of records without a prototype", () => {
  const value = parse(`{"__proto__":{"polluted":1},"constructor":{"prototype":2},"toString":3,"a":[{"__proto__":null}]}`);
  assertEquals(Object.keys(value as object), ["__proto__", "constructor", "toString", "a"]);
  assertStrictEquals(Object.getPrototypeOf(value), null);
  assertStrictEquals(Object.getPrototypeOf((value as Record<string, unknown>)["__proto__"]), null);
  assertStrictEquals(({} as { polluted?: unknown }).polluted, undefined);
});

for (const [open, close] of [["[", "]"], [`{"a":`, "}"], ["{1:", "}"], [`[{"b":`, "}]"]] as const) {
  const levels = open.startsWith("[{") ? 2 : 1;

  test(`parseLenientJson() reads 512 levels of ${open} and refuses 513`, () => {
    const nested = (depth: number) => open.repeat(depth / levels) + "0" + close.repeat(depth / levels);
    let depth = 0;
    for (let value = parse(nested(512)); value !== 0; value = Object.values(value as object)[0]) depth++;
    assertEquals(depth, 512);
    const wrapped = `[${nested(512)}]`;
    assertThrows(() => parse(wrapped), NameServerDataParseError, "at most 512 levels");
  });

  test(`parseLenientJson() refuses 100,000 levels of ${open}, closed or not, and keeps its stack`, () => {
    for (const text of [open.repeat(100_000), open.repeat(100_000) + "0" + close.repeat(100_000)]) {
      assertThrows(() => parse(text), NameServerDataParseError, "at most 512 levels");
    }
  });
}

test("parseLenientJson() reads escapes, pairs of surrogates and halves of pairs as JSON.parse does", () => {
  for (
    const text of [
      `"\\"\\\\\\/\\b\\f\\n\\r\\t"`,
      `"\\u00e9\\u65E5"`,
      `"\\ud83d\\ude80"`,
      `"\\ud800"`,
      `"\\udc00x"`,
      `"\\ud800\\ud800"`,
      `"\\u0000"`,
    ]
  ) {
    assertStrictEquals(parse(text), JSON.parse(text));
    assertStrictEquals(parse(`"é${text.slice(1)}`), JSON.parse(`"é${text.slice(1)}`));
  }
});

test("parseLenientJson() keeps characters that only look like white space or ends of strings, U+007F and U+2028 among them", () => {
  for (const char of "\u007f\u0080\u00a0\u00ff\u0122\u2028\u2029\u225c\u5c22\ufeff\ufffd") {
    assertStrictEquals(parse(`"a${char}b"`), `a${char}b`);
    assertEquals(parse(`{"${char}":[1]}`), { [char]: [1] });
  }
});

test("parseLenientJson() refuses bytes that are not UTF-8", () => {
  // deno-fmt-ignore
  const bad = [
    [0xff], [0x80], [0xc3], [0xc0, 0xaf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x9a], [0xf4, 0x90, 0x80, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
  ];
  for (const bytes of bad) {
    const body = Uint8Array.of(0x22, ...bytes, 0x22);
    const error = assertThrows(() => parseLenientJson(body), NameServerDataParseError, "are not UTF-8");
    assertEquals(error.path, "");
  }
});

test("parseLenientJson() does not change the body, and keeps nothing of it", () => {
  const body = encodeUtf8(`{"a":"0123456789012345"}`);
  const value = parseLenientJson(body);
  assertEquals(body, encodeUtf8(`{"a":"0123456789012345"}`));
  body.fill(0x20);
  assertEquals(value, { a: "0123456789012345" });
});

function parse(text: string): unknown {
  return parseLenientJson(encodeUtf8(text));
}
