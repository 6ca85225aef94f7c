import { JsonReader } from "./json_reader.ts";

/** Deepest nesting that is read. */
const MAX_DEPTH = 512;

/**
 * Reads a JSON body of any shape: RFC 8259 plus what fastjson adds for maps with integer keys, `{0:"10.0.0.1:10911"}`, and nothing else.
 *
 * Bare keys are kept as text; integers beyond ±(2^53 − 1) are bigints; the last of equal keys wins; `__proto__` is a key like others.
 *
 * @param body UTF-8, without a byte order mark.
 * @throws {NameServerDataParseError} If the body is not UTF-8, not such JSON, nested deeper than 512, or has an integer of more than
 * 1,024 digits.
 * @example Keys that `JSON.parse` refuses
 * ```ts
 * import { parseLenientJson } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const body = new TextEncoder().encode(`{"brokerAddrs":{0:"10.0.0.1:10911"},"note":"it's {0:x}"}`);
 * assertEquals(parseLenientJson(body), { brokerAddrs: { "0": "10.0.0.1:10911" }, note: "it's {0:x}" });
 * ```
 */
export function parseLenientJson(body: Uint8Array): unknown {
  const reader = new JsonReader(body);
  const value = readAny(reader);
  reader.end();
  return value;
}

/** The next value, whatever it is. @throws {NameServerDataParseError} If it is nested deeper than 512. */
export function readAny(reader: JsonReader, depth: number = MAX_DEPTH): unknown {
  switch (reader.text[reader.at]) {
    case "{": {
      const left = inside(reader, depth);
      return reader.record((r) => readAny(r, left));
    }
    case "[": {
      const left = inside(reader, depth);
      return reader.list((r) => readAny(r, left));
    }
    case '"':
      return reader.string();
    case "t":
    case "f":
      return reader.boolean();
    case "n":
      if (reader.literal("null")) return null;
      reader.fail("a value");
      break;
    default:
      return readNumber(reader);
  }
}

function inside(reader: JsonReader, depth: number): number {
  if (depth === 0) reader.fail(`at most ${MAX_DEPTH} levels`);
  return depth - 1;
}

// Sticky, so that it starts at the reader's place without a copy of the text.
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;

function readNumber(reader: JsonReader): number | bigint {
  NUMBER.lastIndex = reader.at;
  const literal = NUMBER.exec(reader.text)?.[0];
  if (literal === undefined) reader.fail("a value");
  if (/^-?\d+$/.test(literal) && literal !== "-0") return reader.integer();
  reader.at += literal.length;
  return Number(literal);
}
