import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerProtocolError } from "../../src/errors.ts";
import { FrameCutter } from "../../src/protocol/frame_cutter.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { allocations } from "./allocations.ts";

const LIMIT = 0x00fffffc; // with its own four bytes 16,777,216
const PING = fromHex("0000000400000000"); // smallest frame: a header word

for (const length of [0, 1, 2, 3, -1, -4, -(2 ** 31)]) {
  test(`FrameDecoder.push() refuses length word ${length}`, () => {
    const error = assertThrows(() => new FrameDecoder().push(lengthWord(length)), NameServerProtocolError, `length ${length} `);
    assertEquals(error.code, "NAMESRV_MALFORMED_FRAME");
  });
}

for (const length of [LIMIT + 1, 0x01000000, 0x7fffffff]) {
  test(`FrameDecoder.push() refuses length word ${length}, past the limit`, () => {
    const error = assertThrows(() => new FrameDecoder().push(lengthWord(length)), NameServerProtocolError, "exceeds the limit of 16777216");
    assertEquals(error.code, "NAMESRV_FRAME_TOO_LARGE");
  });
}

test("FrameDecoder.push() accepts a frame of exactly 16,777,216 bytes", () => {
  const decoder = new FrameDecoder();
  assertEquals(decoder.push(lengthWord(LIMIT)), []);
  const chunk = new Uint8Array(65_532).fill(7); // LIMIT is a multiple
  const frames: Uint8Array[] = [];
  for (let sent = 0; sent < LIMIT; sent += chunk.length) frames.push(...decoder.push(chunk.subarray(0, LIMIT - sent)));
  assertEquals(frames.map((frame) => frame.length), [LIMIT]);
  assertEquals(decoder.bufferedBytes, 0);
});

test("FrameDecoder.push() takes maxFrameBytes with the length word's own bytes", () => {
  const decoder = new FrameDecoder({ maxFrameBytes: 20 });
  assertEquals(decoder.push(frame(16)).length, 1);
  assertThrows(() => decoder.push(frame(17)), NameServerProtocolError, "length 17 with its own 4 bytes exceeds the limit of 20 bytes");
});

test("FrameDecoder() refuses a maxFrameBytes that no frame fits", () => {
  for (const maxFrameBytes of [7, 0, -1, 1.5, NaN, Infinity, 2 ** 31]) {
    assertThrows(() => new FrameDecoder({ maxFrameBytes }), RangeError, "maxFrameBytes must be an integer from 8 to 2147483647");
  }
});

test("FrameDecoder.push() names the peer in what it throws", () => {
  const decoder = new FrameDecoder({ address: "10.0.0.1:9876" });
  assertThrows(() => decoder.push(lengthWord(0)), NameServerProtocolError, 'Cannot decode frame from "10.0.0.1:9876": length 0');
});

test("FrameDecoder.push() allocates for bytes that came, not for the length that was announced", () => {
  const sizes = allocations(() => {
    const decoder = new FrameDecoder();
    decoder.push(lengthWord(LIMIT));
    for (let i = 0; i < 1000; i++) decoder.push(Uint8Array.of(1));
  });
  assertEquals(Math.max(...sizes), 1024);
});

test("FrameDecoder.push() allocates nothing before it refuses a length", () => {
  for (const length of [LIMIT + 1, 0x7fffffff, -1, 0]) {
    const word = lengthWord(length);
    assertEquals(allocations(() => assertThrows(() => new FrameDecoder().push(word), NameServerProtocolError)), []);
  }
});

test("FrameDecoder.push() gives frames that lie whole in a chunk as views of it", () => {
  const chunk = Uint8Array.of(...frame(6), ...frame(9));
  const frames = new FrameDecoder().push(chunk);
  assertEquals(frames.map((view) => [view.byteOffset, view.length]), [[4, 6], [14, 9]]);
  for (const view of frames) assertStrictEquals(view.buffer, chunk.buffer);
});

test("FrameDecoder.push() leaves a joined frame alone at later pushes", () => {
  const decoder = new FrameDecoder();
  decoder.push(frame(8, 1).subarray(0, 7));
  const [first] = decoder.push(frame(8, 1).subarray(7));
  decoder.push(frame(8, 2).subarray(0, 7));
  decoder.push(frame(8, 2).subarray(7));
  assertEquals(first, new Uint8Array(8).fill(1));
});

test("FrameDecoder.push() takes an empty chunk for nothing", () => {
  const decoder = new FrameDecoder();
  assertEquals(decoder.push(new Uint8Array(0)), []);
  decoder.push(PING.subarray(0, 5));
  assertEquals(decoder.push(new Uint8Array(0)), []);
  assertEquals(decoder.push(PING.subarray(5)).length, 1);
});

test("FrameDecoder.push() throws at a broken frame, also behind whole ones", () => {
  const decoder = new FrameDecoder();
  const first = assertThrows(
    () => decoder.push(Uint8Array.of(...frame(8, 1), ...frame(5, 2), ...lengthWord(3), 9, 9, 9)),
    NameServerProtocolError,
    "length 3 is below",
  );
  assertStrictEquals(assertThrows(() => decoder.push(PING), NameServerProtocolError), first);
});

test("FrameCutter.push() gives the frames in front of a broken one, then throws", () => {
  const cutter = new FrameCutter({ maxFrameBytes: 100, address: undefined });
  const frames: Uint8Array[] = [];
  const taker = { onFrame: (bytes: Uint8Array, start: number, end: number) => void frames.push(bytes.slice(start, end)) };
  cutter.push(frame(8, 1).subarray(0, 7), taker);
  const rest = Uint8Array.of(...frame(8, 1).subarray(7), ...frame(5, 2), ...lengthWord(3), 9, 9, 9);
  assertThrows(() => cutter.push(rest, taker), NameServerProtocolError, "length 3 is below");
  assertEquals(frames, [new Uint8Array(8).fill(1), new Uint8Array(5).fill(2)]);
});

test("FrameDecoder.push() goes on refusing what it refused", () => {
  const decoder = new FrameDecoder();
  const first = assertThrows(() => decoder.push(lengthWord(0)), NameServerProtocolError);
  assertStrictEquals(assertThrows(() => decoder.push(PING), NameServerProtocolError), first);
});

test("FrameDecoder.progress tells how much of the unfinished frame came", () => {
  const decoder = new FrameDecoder();
  decoder.push(frame(16).subarray(0, 2));
  assertEquals(decoder.progress, "2 of an unknown number of bytes");
  decoder.push(frame(16).subarray(2, 9));
  assertEquals(decoder.progress, "9 of 20 bytes");
});

test("FrameDecoder.push() gives the same frames however a stream is cut", () => {
  const bodies = fc.array(fc.uint8Array({ minLength: 4, maxLength: 700 }), { maxLength: 12 });
  fc.assert(fc.property(bodies, fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (expected, sizes) => {
    const stream = Uint8Array.from(expected.flatMap((body) => [...lengthWord(body.length), ...body]));
    const decoder = new FrameDecoder();
    const frames: Uint8Array[] = [];
    for (let at = 0, i = 0; at < stream.length; at += sizes[i++ % sizes.length]!) {
      const chunk = stream.slice(at, at + sizes[i % sizes.length]!);
      frames.push(...decoder.push(chunk).map((view) => view.slice()));
      chunk.fill(0xff); // the caller's again
    }
    assertEquals(frames, expected);
    assertEquals(decoder.bufferedBytes, 0);
  }));
});

test("FrameDecoder.push() throws nothing but NameServerProtocolError, whatever comes", () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), (chunks) => {
    const decoder = new FrameDecoder();
    try {
      for (const chunk of chunks) decoder.push(chunk);
    } catch (error) {
      if (!(error instanceof NameServerProtocolError)) throw error;
    }
  }));
});

test("FrameDecoder.push() judges length words as Java's decoder and other clients do", () => {
  for (const { name, input, expected } of goldenCases<string, string>("frame-length-word")) {
    const push = () => new FrameDecoder().push(fromHex(input));
    if (expected.startsWith("ok")) assertEquals(push(), [], name);
    else assertThrows(push, NameServerProtocolError, wordsFor(expected), name);
  }
});

function wordsFor(expected: string): string {
  return /TLS/.test(expected) ? "TLS" : /PRI/.test(expected) ? "HTTP/2" : /peer speaks (\w+)/.exec(expected)?.[1] ?? "length 0";
}

function lengthWord(length: number): Uint8Array<ArrayBuffer> {
  const word = new Uint8Array(4);
  new DataView(word.buffer).setInt32(0, length);
  return word;
}

function frame(length: number, fill = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(...lengthWord(length), ...new Uint8Array(length).fill(fill));
}
