import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerDataParseError } from "../../src/errors.ts";
import { formatProperties, parseProperties } from "../../src/model/properties.ts";
import { test } from "../harness.ts";

// Each was given to java.util.Properties.load (Java 17), which read the values beside it.
const LOADED_BY_JAVA: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["", {}],
  ["a=b", { a: "b" }],
  ["a=1\na=2\n", { a: "2" }],
  ["  a = b \r\nc:d\re f", { a: "b ", c: "d", e: "f" }],
  ["a==b\nb=:c\nc : d", { a: "=b", b: ":c", c: "d" }],
  ["a\n=b\n:\n", { a: "", "": "" }],
  ["# a=1\n ! b=2\nc=#3", { c: "#3" }],
  ["a=1,\\\n   2,\\\r\n\t3", { a: "1,2,3" }],
  ["a=1\\\n# no comment", { a: "1# no comment" }],
  ["a=1\\\n\nb=2", { a: "1", b: "2" }],
  ["a=1\\\\\nb=2", { a: "1\\", b: "2" }],
  ["a=b\\", { a: "b" }],
  ["\\", { "": "" }],
  ["\\\r\n", {}],
  ["a\\ b\\=c\\:d=e", { "a b=c:d": "e" }],
  ["a=\\t\\n\\r\\f\\b\\q\\\\\\u00e9\\uD83D\\uDE00", { a: "\t\n\r\fbq\\é😀" }],
  ["clé=\u0000\u2028😀", { clé: "\u0000\u2028😀" }],
  ["a\f\t=\f\tb", { a: "b" }],
];

test("parseProperties() reads what java.util.Properties reads", () => {
  for (const [text, values] of LOADED_BY_JAVA) assertEquals(parseProperties(text), values, JSON.stringify(text));
});

test("parseProperties() refuses the escapes that java.util.Properties refuses", () => {
  for (const text of ["a=\\u00zz", "a=\\u12", "\\u=1"]) {
    const error = assertThrows(() => parseProperties(text), NameServerDataParseError, "four hexadecimal digits");
    assertEquals(error.path, "");
  }
});

test("parseProperties() takes __proto__ as a key like others", () => {
  assertEquals(Object.entries(parseProperties("__proto__=x")), [["__proto__", "x"]]);
});

// What java.util.Properties.store (Java 17) wrote, but for the comment with the date
const STORED_BY_JAVA: readonly (readonly [string, string, string])[] = [
  ["namesrvAddr", "10.0.0.1:9876", "namesrvAddr=10.0.0.1\\:9876\n"],
  ["a b", "  c d ", "a\\ b=\\  c d \n"],
  ["=:#!", "=:#!", "\\=\\:\\#\\!=\\=\\:\\#\\!\n"],
  ["k", "C:\\new\\u0041", "k=C\\:\\\\new\\\\u0041\n"],
  ["é", "\t\n\r\f\u0000\u007f~😀", "\\u00E9=\\t\\n\\r\\f\\u0000\\u007F~\\uD83D\\uDE00\n"],
  ["", "", "=\n"],
];

test("formatProperties() writes what java.util.Properties writes", () => {
  for (const [key, value, text] of STORED_BY_JAVA) assertEquals(formatProperties({ [key]: value }), text);
});

test("parseProperties() reads back what formatProperties() wrote", () => {
  const text = fc.array(fc.constantFrom(..."\\ =:#!\t\n\r\fu0é😀"), { maxLength: 12 }).map((chars) => chars.join(""));
  fc.assert(fc.property(fc.dictionary(text, text, { maxKeys: 5 }), (values) => {
    assertEquals(Object.entries(parseProperties(formatProperties(values))).sort(), Object.entries(values).sort());
  }));
});

test("formatProperties() writes ASCII only, one line an entry", () => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })), (values) => {
    assertEquals(/^[\n -~]*$/.test(formatProperties(values)), true);
    assertEquals(formatProperties(values).split("\n").length, Object.keys(values).length + 1);
  }));
});

test("parseProperties() reads 256 KiB of keys and of continuation lines", () => {
  const size = 256 * 1024;
  assertEquals(Object.keys(parseProperties("k".repeat(size)))[0]?.length, size);
  assertEquals(parseProperties(`a=${"\\\n".repeat(size / 2)}b`), { a: "b" });
});
