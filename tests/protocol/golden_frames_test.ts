import { assert, assertEquals, assertInstanceOf, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { test } from "../harness.ts";
import { attempt } from "./attempt.ts";
import { decodeOnly, goldenAnswers } from "./golden_exchange.ts";

const LENGTH_BYTES = 4;
const HEADER_WORD_AT = 4;
const HEADER_AT = 8;
/** Of the remark's length in a binary header, behind code, language, version, opaque and flag. */
const REMARK_LENGTH_AT = HEADER_AT + 13;

test("FrameDecoder.push() joins every recorded frame, cut in two at every byte", () => {
  let cuts = 0;
  for (const { name, bytes } of goldenAnswers) {
    for (let at = 1; at < bytes.length; at++, cuts++) {
      const decoder = new FrameDecoder();
      assertSame(decoder.push(bytes.subarray(0, at)).length, 0, name);
      assertSame(decoder.bufferedBytes, at, name);
      const frames = decoder.push(bytes.subarray(at));
      assertSame(frames.length, 1, name);
      assert(sameBytes(frames[0]!, bytes.subarray(LENGTH_BYTES)), `${name}, cut at ${at}`);
      assertSame(decoder.bufferedBytes, 0, name);
    }
  }
  assert(cuts > 200_000, `${cuts} cuts`);
});

test("FrameDecoder.push() joins every recorded frame from single bytes", () => {
  for (const { name, bytes } of goldenAnswers) {
    const decoder = new FrameDecoder();
    const frames = Array.from(bytes, (byte) => decoder.push(Uint8Array.of(byte))).flat();
    assertSame(frames.length, 1, name);
    assert(sameBytes(frames[0]!, bytes.subarray(LENGTH_BYTES)), name);
  }
});

test("FrameDecoder.push() gives all frames of a stream in order, whatever the size of its chunks", () => {
  const stream = joined(goldenAnswers.map((frame) => frame.bytes));
  for (const size of [1, 2, 3, 7, 64, 256, 511, 1000, 4096, 65_536, stream.length]) {
    const decoder = new FrameDecoder();
    let index = 0;
    for (let at = 0; at < stream.length; at += size) {
      for (const frame of decoder.push(stream.subarray(at, at + size))) {
        const { name, bytes } = goldenAnswers[index++]!;
        assert(sameBytes(frame, bytes.subarray(LENGTH_BYTES)), `${name}, chunks of ${size}`);
      }
    }
    assertSame(index, goldenAnswers.length, `chunks of ${size}`);
    assertSame(decoder.bufferedBytes, 0, `chunks of ${size}`);
  }
});

test("decodeCommand() reads every recorded frame from views at any offset of a buffer", () => {
  for (const { name, bytes } of goldenAnswers) {
    const expected = decodeOnly(bytes);
    for (const offset of [1, 2, 3, 5, 8, 4093]) {
      const buffer = new Uint8Array(offset + bytes.length + 3).fill(0x7d);
      buffer.set(bytes, offset);
      assertEquals(decodeOnly(buffer.subarray(offset, offset + bytes.length)), expected, name);
    }
  }
});

test("decodeCommand() throws NameServerProtocolError for every recorded frame that ends inside its header", () => {
  let cut = 0;
  for (const { name, bytes } of goldenAnswers) {
    const frame = bytes.subarray(LENGTH_BYTES);
    const headerEnd = HEADER_AT - LENGTH_BYTES + headerLength(bytes);
    for (let length = 0; length < headerEnd; length++, cut++) {
      assertThrows(() => decodeCommand(frame.subarray(0, length)), NameServerProtocolError, "Cannot decode frame", name);
    }
    assertEquals(decodeCommand(frame.subarray(0, headerEnd)).body.length, 0, name);
  }
  assert(cut > 50_000, `${cut} cuts`);
});

test("decodeCommand() refuses every form of recorded header whose JSON is cut, its lengths made to fit", () => {
  const forms = new Map(goldenAnswers.filter(isJson).map((frame) => [headerText(frame.bytes).replace(/\d+/g, "0"), frame]));
  assert(forms.size > 40, `${forms.size} forms`);
  for (const { name, bytes } of forms.values()) {
    for (let length = 0; length < headerLength(bytes); length++) {
      const frame = bytes.slice(LENGTH_BYTES, HEADER_AT + length);
      setHeaderLength(frame, 0, length);
      assertThrows(() => decodeCommand(frame), NameServerProtocolError, "JSON header", name);
    }
  }
});

test("FrameDecoder.push() waits for one byte more, or leaves one over, when a recorded length is off by one", () => {
  for (const { name, bytes } of goldenAnswers) {
    const longer = new FrameDecoder();
    assertSame(longer.push(withInt32(bytes, 0, bytes.length - LENGTH_BYTES + 1)).length, 0, name);
    assertSame(longer.bufferedBytes, bytes.length, name);

    const shorter = new FrameDecoder();
    const [frame] = shorter.push(withInt32(bytes, 0, bytes.length - LENGTH_BYTES - 1));
    assert(sameBytes(frame!, bytes.subarray(LENGTH_BYTES, -1)), name);
    assertSame(shorter.bufferedBytes, 1, name);
  }
});

test("decodeCommand() refuses a recorded JSON header whose length is off by one", () => {
  for (const { name, bytes } of goldenAnswers.filter(isJson)) {
    for (const by of [-1, 1]) {
      const frame = bytes.slice(LENGTH_BYTES);
      setHeaderLength(frame, 0, headerLength(bytes) + by);
      assertThrows(() => decodeCommand(frame), NameServerProtocolError, "Cannot decode frame", name);
    }
  }
});

test("decodeCommand() refuses a recorded binary header one byte short, and takes a byte too many for surplus", () => {
  const binary = goldenAnswers.filter((frame) => !isJson(frame));
  assertEquals(binary.length, 97);
  for (const { name, bytes } of binary) {
    const frame = bytes.slice(LENGTH_BYTES);
    setHeaderLength(frame, 1, headerLength(bytes) - 1);
    assertThrows(() => decodeCommand(frame), NameServerProtocolError, "binary header", name);

    setHeaderLength(frame, 1, headerLength(bytes) + 1);
    const original = decodeOnly(bytes);
    if (original.body.length === 0) assertThrows(() => decodeCommand(frame), NameServerProtocolError, "exceeds frame length", name);
    else assertEquals(decodeCommand(frame), { ...original, body: original.body.subarray(1) }, name);
  }
});

test("decodeCommand() gives a NameServerProtocolError or a command, never another failure, when a length in a binary header is off by one", () => {
  for (const { name, bytes } of goldenAnswers.filter((frame) => !isJson(frame))) {
    const view = new DataView(bytes.buffer);
    const extLengthAt = REMARK_LENGTH_AT + 4 + view.getInt32(REMARK_LENGTH_AT);
    for (const at of [REMARK_LENGTH_AT, extLengthAt]) {
      for (const by of [-1, 1]) {
        const damaged = withInt32(bytes, at, view.getInt32(at) + by);
        const outcome = attempt(() => decodeOnly(damaged));
        if (outcome instanceof Error) assertInstanceOf(outcome, NameServerProtocolError, name);
      }
    }
  }
});

/** As `assertEquals` for numbers, at a hundredth of its price: some tests make a million comparisons. */
function assertSame(actual: number, expected: number, message: string): void {
  if (actual !== expected) assertEquals(actual, expected, message);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function isJson({ bytes }: { readonly bytes: Uint8Array }): boolean {
  return bytes[HEADER_WORD_AT] === 0;
}

function headerLength(bytes: Uint8Array): number {
  return (bytes[5]! << 16) | (bytes[6]! << 8) | bytes[7]!;
}

function headerText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(HEADER_AT, HEADER_AT + headerLength(bytes)));
}

function setHeaderLength(frame: Uint8Array, type: number, length: number): void {
  frame.set([type, length >> 16, length >> 8, length]);
}

function withInt32(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setInt32(at, value);
  return copy;
}
