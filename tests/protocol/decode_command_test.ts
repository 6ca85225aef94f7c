import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerProtocolError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { anyCommand } from "./any_command.ts";

interface FrameCase {
  readonly code: number;
  readonly language: string;
  readonly version: number;
  readonly opaque: number;
  readonly flag: number;
  readonly remark: string | null;
  readonly extFields: Readonly<Record<string, string | null>> | null;
}

test("decodeCommand() reads frames as Java's RemotingCommand.decode does, and refuses what throws there", () => {
  const cases = goldenCases<string, FrameCase | { readonly error: string }>("frame");
  assertEquals(cases.length, 15);
  for (const { name, input, expected } of cases) {
    const decode = () => decodeCommand(fromHex(input).subarray(4));
    if ("error" in expected) {
      assertEquals(assertThrows(decode, NameServerProtocolError, "Cannot decode frame", name).code, "NAMESRV_MALFORMED_FRAME", name);
    } else {
      assertEquals(decode(), expectedCommand(expected), name);
    }
  }
});

/** Java says null where a field is absent; here it is absent, and a language without a name is OTHER. */
function expectedCommand({ code, version, opaque, flag, ...header }: FrameCase): RemotingCommand {
  return {
    code,
    version,
    opaque,
    flag,
    language: header.language === "null" ? "OTHER" : header.language,
    ...(header.remark !== null && { remark: header.remark }),
    extFields: Object.fromEntries(Object.entries(header.extFields ?? {}).flatMap(([key, value]) => value === null ? [] : [[key, value]])),
    body: new Uint8Array(0),
  };
}

test("decodeCommand() gives a body that is a view of the frame", () => {
  const frame = jsonFrame("{}", "body");
  const { body } = decodeCommand(frame);
  assertEquals(new TextDecoder().decode(body), "body");
  assertStrictEquals(body.buffer, frame.buffer);
});

test("decodeCommand() takes absent numbers of a JSON header for 0, and an absent language for OTHER", () => {
  const expected = { code: 0, language: "OTHER", version: 0, opaque: 0, flag: 0, extFields: {}, body: new Uint8Array(0) };
  assertEquals(decodeCommand(jsonFrame("{}")), expected);
  assertEquals(decodeCommand(jsonFrame(`{"code":null,"language":null,"remark":null,"extFields":null}`)), expected);
});

test("decodeCommand() reads the keys of a JSON header in any order and with white space", () => {
  const header = `\n{ "opaque" :\t7 , "remark" : "r" , "version":1,"flag":3 ,"extFields": { "a" : "b" }, "language":"GO", "code":-2 } \r\n`;
  assertEquals(decodeCommand(jsonFrame(header)), {
    code: -2,
    language: "GO",
    version: 1,
    opaque: 7,
    flag: 3,
    remark: "r",
    extFields: { a: "b" },
    body: new Uint8Array(0),
  });
});

test("decodeCommand() turns values of extFields into text as the header writes them, and leaves null out", () => {
  const { extFields } = decodeCommand(
    jsonFrame(`{"extFields":{"n":1.50,"b":true,"o":{"x": [1]},"big":9007199254740993,"s":"","none":null}}`),
  );
  assertEquals(extFields, { n: "1.50", b: "true", o: `{"x": [1]}`, big: "9007199254740993", s: "" });
});

test("decodeCommand() reads __proto__ and constructor in extFields as keys like others", () => {
  const { extFields } = decodeCommand(jsonFrame(`{"extFields":{"__proto__":"p","constructor":"c"}}`));
  assertEquals(Object.entries(extFields), [["__proto__", "p"], ["constructor", "c"]]);
  assertStrictEquals(Object.getPrototypeOf(extFields), null);
});

test("decodeCommand() takes languages that have no name for OTHER", () => {
  for (const language of [`"DINO"`, `"java"`, `"toString"`, "0", "null", "{}"]) {
    assertEquals(decodeCommand(jsonFrame(`{"language":${language}}`)).language, "OTHER");
  }
});

test("decodeCommand() reads an opaque of the whole int32 range, in quotes too", () => {
  for (const opaque of [-(2 ** 31), -1, 0, 2 ** 31 - 1]) {
    assertEquals(decodeCommand(jsonFrame(`{"opaque":${opaque}}`)).opaque, opaque);
    assertEquals(decodeCommand(jsonFrame(`{"opaque":"${opaque}"}`)).opaque, opaque);
    assertEquals(decodeCommand(jsonFrame(usualAnswer(`${opaque}`))).opaque, opaque);
  }
  assertStrictEquals(decodeCommand(jsonFrame(`{"opaque":"-0"}`)).opaque, 0);
});

/** The header that servers give most answers, read by a shorter way. */
function usualAnswer(opaque: string): string {
  return `{"code":0,"flag":1,"language":"JAVA","opaque":${opaque},"serializeTypeCurrentRPC":"JSON","version":479}`;
}

const MALFORMED: Readonly<Record<string, string>> = {
  "an empty header": "",
  "null": "null",
  "an array": "[]",
  "a number": "7",
  "a string": `"{}"`,
  "two objects": "{}{}",
  "an unquoted key": "{code:1}",
  "an integer for a key": `{1:2}`,
  "an integer for a key of extFields": `{"extFields":{0:"a"}}`,
  "single quotes": `{'code':1}`,
  "a trailing comma": `{"code":1,}`,
  "a comment": `{/**/"code":1}`,
  "a byte order mark": "\ufeff{}",
  "an opaque past int32": `{"opaque":2147483648}`,
  "an opaque far past int32": `{"opaque":99999999999999999999}`,
  "an opaque past int32 in an answer": usualAnswer("2147483648"),
  "an opaque with a leading zero in an answer": usualAnswer("07"),
  "no opaque in an answer": usualAnswer(""),
  "an opaque with a fraction": `{"opaque":1.0}`,
  "an opaque with an exponent": `{"opaque":1e3}`,
  "an opaque that is hexadecimal text": `{"opaque":"0x10"}`,
  "an opaque that is blank text": `{"opaque":" "}`,
  "an opaque that is true": `{"opaque":true}`,
  "extFields that are an array": `{"extFields":["topic"]}`,
  "extFields that are text": `{"extFields":"topic"}`,
};

for (const [what, header] of Object.entries(MALFORMED)) {
  test(`decodeCommand() refuses a JSON header that is or has ${what}`, () => {
    const error = assertThrows(() => decodeCommand(jsonFrame(header), "10.0.0.1:9876"), NameServerProtocolError);
    assertEquals(error.code, "NAMESRV_MALFORMED_FRAME");
    assertEquals(error.message.startsWith(`Cannot decode frame from "10.0.0.1:9876": its JSON header cannot be read (`), true);
  });
}

test("decodeCommand() refuses a JSON header that is not UTF-8", () => {
  const frame = jsonFrame(`{"remark":"?"}`);
  frame[frame.indexOf(0x3f)] = 0xff;
  assertThrows(() => decodeCommand(frame), NameServerProtocolError, "not UTF-8");
});

test("decodeCommand() refuses a JSON header nested without end, and keeps its stack", () => {
  for (const [open, close] of [["[", "]"], [`{"a":`, "}"]] as const) {
    for (const place of ["extFields", "language", "unknown"]) {
      const value = `${open.repeat(100_000)}0${close.repeat(100_000)}`;
      const header = place === "extFields" ? `{"extFields":{"a":${value}}}` : `{"${place}":${value}}`;
      assertThrows(() => decodeCommand(jsonFrame(header)), NameServerProtocolError, "at most 512 levels", place);
    }
  }
});

test("decodeCommand() refuses a header longer than its frame", () => {
  const frame = Uint8Array.of(0, 0, 0, 9, 0x7b, 0x7d);
  assertThrows(
    () => decodeCommand(frame, "a:1"),
    NameServerProtocolError,
    'Cannot decode frame from "a:1": header length 9 exceeds frame length 6',
  );
});

test("decodeCommand() refuses a frame without a whole header word", () => {
  for (let length = 0; length < 4; length++) {
    assertThrows(() => decodeCommand(new Uint8Array(length)), NameServerProtocolError, `${length} bytes hold no header word`);
  }
});

test("decodeCommand() refuses every header type but 0 and 1", () => {
  for (let type = 2; type < 256; type++) {
    assertThrows(() => decodeCommand(Uint8Array.of(type, 0, 0, 2, 0x7b, 0x7d)), NameServerProtocolError, `header type ${type} is neither`);
  }
});

test("decodeCommand() throws nothing but NameServerProtocolError, whatever the frame", () => {
  const garbage = fc.tuple(fc.constantFrom(0, 1, 2), fc.nat(40), fc.uint8Array({ maxLength: 60 })).map(([type, length, rest]) =>
    Uint8Array.of(type, 0, 0, length, ...rest)
  );
  fc.assert(
    fc.property(fc.oneof(garbage, damagedFrame()), (frame) => {
      try {
        decodeCommand(frame);
      } catch (error) {
        if (!(error instanceof NameServerProtocolError)) throw error;
      }
    }),
    { numRuns: 1000 },
  );
});

/** A frame with some bytes overwritten. */
function damagedFrame(): fc.Arbitrary<Uint8Array> {
  const damage = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 });
  return fc.tuple(anyCommand, fc.constantFrom("json" as const, "rocketmq" as const), damage).map(([command, serialization, bytes]) => {
    const frame = encodeCommand(command, serialization).slice(4);
    for (const [at, byte] of bytes) frame[at % frame.length] = byte;
    return frame;
  });
}

function jsonFrame(header: string, body = ""): Uint8Array<ArrayBuffer> {
  const { length } = new TextEncoder().encode(header);
  return new Uint8Array([0, length >> 16, length >> 8, length, ...new TextEncoder().encode(header + body)]);
}
