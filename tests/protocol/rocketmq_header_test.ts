import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";

test("decodeCommand() reads a value without bytes in a binary header as empty text, and a remark without bytes as none", () => {
  const { extFields, remark } = decodeCommand(binaryFrame("0000 00000001 6b"));
  assertEquals(extFields, { "": "k" });
  assertEquals(decodeCommand(binaryFrame("0001 6b 00000000")).extFields, { k: "" });
  assertStrictEquals(remark, undefined);
});

test("decodeCommand() takes a negative length of a binary header's arguments for none, as Java does", () => {
  const frame = binaryFrame("");
  frame.set([0xff, 0xff, 0xff, 0xff], frame.length - 4);
  assertEquals(decodeCommand(frame).extFields, {});
});

test("decodeCommand() refuses text in a binary header that is not UTF-8, and names it", () => {
  assertThrows(() => decodeCommand(binaryFrame("0001 ff 00000000")), NameServerProtocolError, "binary header: key is not UTF-8");
  assertThrows(() => decodeCommand(binaryFrame("0001 6b 00000001 ff")), NameServerProtocolError, 'value of "k" is not UTF-8');
});

test("decodeCommand() refuses an argument of a binary header that is longer than all of them, though the header has the bytes", () => {
  const frame = binaryFrame("0001 6b 00000001 76");
  frame[4 + 20] = 7; // of 8
  assertThrows(() => decodeCommand(frame), NameServerProtocolError, "its last argument exceeds the length of all");
});

test("decodeCommand() refuses a binary header without its fixed fields", () => {
  for (let length = 0; length < 21; length++) {
    const frame = Uint8Array.of(1, 0, 0, length, ...new Uint8Array(length));
    assertThrows(() => decodeCommand(frame), NameServerProtocolError, `binary header: ${length} bytes are fewer than its 21 fixed ones`);
  }
});

test("decodeCommand() refuses an argument of a binary header whose length points outside", () => {
  for (const ext of ["ffff", "0002 6b", "0001 6b ffffffff", "0001 6b 00000002 76", "0001", "00", "0001 6b 7fffffff"]) {
    assertThrows(() => decodeCommand(binaryFrame(ext)), NameServerProtocolError, "binary header: ", ext);
  }
});

test("decodeCommand() keeps __proto__ in a binary header as a key like others", () => {
  const { extFields } = decodeCommand(binaryFrame("0009 5f5f70726f746f5f5f 00000001 78"));
  assertEquals(Object.entries(extFields), [["__proto__", "x"]]);
});

/** A frame whose binary header has these arguments, in hexadecimal. */
function binaryFrame(ext: string): Uint8Array<ArrayBuffer> {
  const bytes = fromHex(ext.replaceAll(" ", ""));
  return Uint8Array.of(1, 0, 0, 21 + bytes.length, ...new Uint8Array(20), bytes.length, ...bytes);
}
