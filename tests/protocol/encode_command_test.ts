import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { ByteWriter } from "../../src/protocol/byte_writer.ts";
import { createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { encodeCommand, type Serialization, writeCommand } from "../../src/protocol/encode_command.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { fromHex, toHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { anyCommand } from "./any_command.ts";
import { decodeOnly } from "./golden_exchange.ts";

const SERIALIZATIONS: readonly Serialization[] = ["json", "rocketmq"];
const MAX_HEADER_BYTES = 0xffffff;

interface EncodeCase {
  readonly code: string;
  readonly version: string;
  readonly opaque: string;
  readonly flag: string;
  readonly remark: string;
  /** `key=value`, or nothing. */
  readonly ext: string;
  readonly bodyHex: string;
}

test("encodeCommand() writes binary headers byte for byte as Java's RocketMQSerializable does", () => {
  const cases = goldenCases<EncodeCase, string>("encode-rocketmq");
  assertEquals(cases.length, 3);
  for (const { name, input, expected } of cases) {
    const [key, value] = input.ext.split("=");
    const command: RemotingCommand = {
      language: "JAVA",
      code: Number(input.code),
      version: Number(input.version),
      opaque: Number(input.opaque),
      flag: Number(input.flag),
      remark: input.remark,
      extFields: key ? { [key]: value! } : {},
      body: fromHex(input.bodyHex),
    };
    assertEquals(toHex(encodeCommand(command, "rocketmq")), expected, name);
  }
});

test("encodeCommand() writes JSON headers as servers do: keys in alphabetical order, absent fields left out", () => {
  assertEquals(
    headerText({ ...createRequest(105), opaque: -7 }),
    `{"code":105,"flag":0,"language":"OTHER","opaque":-7,"serializeTypeCurrentRPC":"JSON","version":479}`,
  );
  assertEquals(
    headerText({ ...createRequest(1, { extFields: { topic: `"q"\n`, a: "" } }), remark: "é\\" }),
    `{"code":1,"extFields":{"topic":"\\"q\\"\\n","a":""},"flag":0,"language":"OTHER","opaque":0,"remark":"é\\\\",` +
      `"serializeTypeCurrentRPC":"JSON","version":479}`,
  );
});

test("encodeCommand() writes numbers of a JSON header as JavaScript does, whatever they are", () => {
  for (const opaque of [0, -0, 9, 10, 99, 100, 2147483647, -1, -10, -2147483648, 2147483648, 1.5, 1e21]) {
    const expected = `{"code":1,"flag":0,"language":"OTHER","opaque":${opaque},"serializeTypeCurrentRPC":"JSON","version":479}`;
    assertEquals(headerText({ ...createRequest(1), opaque }), expected);
  }
});

test("encodeCommand() writes text of every length, with and without what takes several bytes", () => {
  for (const filler of ["x", "é", "日"]) {
    for (let length = 0; length < 100; length++) {
      for (const serialization of SERIALIZATIONS) {
        const value = "x".repeat(length) + filler;
        assertEquals(decodeOnly(encodeCommand(withValue(value), serialization)).extFields, { k: value });
      }
    }
  }
});

for (const serialization of SERIALIZATIONS) {
  test(`encodeCommand() in ${serialization} gives decodeCommand() back what it was given, whatever the text`, () => {
    fc.assert(fc.property(anyCommand, (command) => assertEquals(decodeOnly(encodeCommand(command, serialization)), command)), {
      numRuns: 500,
    });
  });

  test(`encodeCommand() in ${serialization} writes lengths of bytes, not of characters`, () => {
    const bytes = encodeCommand(createRequest(1, { extFields: { "é": "日本🚀" }, body: new Uint8Array(5) }), serialization);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    assertEquals(view.getUint32(0), bytes.length - 4);
    assertEquals(view.getUint32(4) & MAX_HEADER_BYTES, bytes.length - 8 - 5);
    assertEquals(view.getUint8(4), serialization === "json" ? 0 : 1);
  });

  test(`encodeCommand() in ${serialization} has room for text of any length, three bytes a character`, () => {
    for (const length of [1, 100, 1000, 30_000]) {
      const command = createRequest(1, {
        extFields: { [`k${"日".repeat(Math.min(length, 10_000))}`]: "日".repeat(length) },
        body: Uint8Array.of(7),
      });
      assertEquals(decodeOnly(encodeCommand(command, serialization)), command);
    }
  });

  test(`encodeCommand() in ${serialization} refuses a header past 16,777,215 bytes, and takes one of that size`, () => {
    const empty = encodeCommand(withValue(""), serialization).length - 8;
    const longest = withValue("x".repeat(MAX_HEADER_BYTES - empty));
    assertEquals(encodeCommand(longest, serialization).length, 8 + MAX_HEADER_BYTES);
    const tooLong = withValue("x".repeat(MAX_HEADER_BYTES - empty + 1));
    assertThrows(() => encodeCommand(tooLong, serialization), RangeError, "header length 16777216 exceeds the limit of 16777215 bytes");
  });

  test(`writeCommand() in ${serialization} appends nothing when it throws`, () => {
    const writer = new ByteWriter();
    writeCommand(createRequest(1), serialization, writer);
    const before = writer.view().slice();
    assertThrows(() => writeCommand(withValue("x".repeat(MAX_HEADER_BYTES)), serialization, writer), RangeError);
    assertEquals(writer.view(), before);
    writeCommand(createRequest(2), serialization, writer);
    assertEquals(decodeOnly(writer.view().subarray(before.length)).code, 2);
  });
}

test("encodeCommand() keeps halves of surrogate pairs in a JSON header", () => {
  const command = { ...createRequest(1, { extFields: { "\ud83d": "\ude80" } }), remark: "\ud800" };
  const decoded = decodeOnly(encodeCommand(command, "json"));
  assertEquals([decoded.remark, decoded.extFields], ["\ud800", { "\ud83d": "\ude80" }]);
});

test("encodeCommand() refuses a code or version that no binary header holds", () => {
  for (const value of [32768, -32769, 99999, 1.5, NaN]) {
    assertThrows(() => encodeCommand(createRequest(value), "rocketmq"), RangeError, `code ${value} does not fit 16 bits`);
    const command = { ...createRequest(1), version: value };
    assertThrows(() => encodeCommand(command, "rocketmq"), RangeError, `version ${value} does not fit 16 bits`);
  }
  for (const code of [32767, -32768]) assertEquals(decodeOnly(encodeCommand(createRequest(code), "rocketmq")).code, code);
});

test("encodeCommand() refuses a key past 32,767 bytes in a binary header", () => {
  const fits = createRequest(1, { extFields: { ["é".repeat(16383) + "x"]: "v" } });
  assertEquals(decodeOnly(encodeCommand(fits, "rocketmq")).extFields, fits.extFields);
  const tooLong = createRequest(1, { extFields: { ["é".repeat(16384)]: "v" } });
  assertThrows(() => encodeCommand(tooLong, "rocketmq"), RangeError, "key length 32768 does not fit 16 bits");
});

test("encodeCommand() writes a language that has no byte as OTHER", () => {
  assertEquals(decodeOnly(encodeCommand({ ...createRequest(1), language: "COBOL" }, "rocketmq")).language, "OTHER");
});

test("encodeCommand() writes own fields only", () => {
  const extFields = Object.assign(Object.create({ inherited: "x" }), { own: "y" });
  for (const serialization of SERIALIZATIONS) {
    assertEquals(decodeOnly(encodeCommand(createRequest(1, { extFields }), serialization)).extFields, { own: "y" });
  }
});

test("encodeCommand() does not change the command, nor keep its body", () => {
  const body = Uint8Array.of(1, 2, 3);
  const bytes = encodeCommand(Object.freeze(createRequest(1, { extFields: Object.freeze({ a: "b" }), body })));
  body.fill(9);
  assertEquals(decodeOnly(bytes).body, Uint8Array.of(1, 2, 3));
});

function withValue(value: string): RemotingCommand {
  return createRequest(1, { extFields: { k: value } });
}

function headerText(command: RemotingCommand): string {
  return new TextDecoder().decode(encodeCommand(command, "json").subarray(8));
}
