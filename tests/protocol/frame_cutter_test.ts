import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { FrameCutter, type FrameTaker } from "../../src/protocol/frame_cutter.ts";
import { test } from "../harness.ts";

const FRAME = encodeCommand(createRequest(105, { extFields: { topic: "orders" } }));
const OPTIONS = { maxFrameBytes: 1024, address: "10.0.0.1:9876" };

/** Notes where frames lie. */
class Places implements FrameTaker {
  readonly found: { readonly bytes: Uint8Array; readonly start: number; readonly end: number }[] = [];
  onFrame(bytes: Uint8Array, start: number, end: number): void {
    this.found.push({ bytes, start, end });
  }
}

test("FrameCutter.push() leaves frames that are whole in a chunk where they are", () => {
  const chunk = Uint8Array.of(...FRAME, ...FRAME);
  const places = new Places();
  new FrameCutter(OPTIONS).push(chunk, places);
  assertEquals(places.found.map(({ start, end }) => [start, end]), [[4, FRAME.length], [FRAME.length + 4, 2 * FRAME.length]]);
  for (const { bytes } of places.found) assertStrictEquals(bytes, chunk);
});

test("FrameCutter.push() puts a frame together that was cut at any byte, and goes on behind it", () => {
  for (let at = 1; at < FRAME.length; at++) {
    const places = new Places();
    const cutter = new FrameCutter(OPTIONS);
    cutter.push(FRAME.slice(0, at), places);
    assertEquals([places.found.length, cutter.bufferedBytes], [0, at]);
    cutter.push(Uint8Array.of(...FRAME.subarray(at), ...FRAME), places);
    assertEquals(places.found.map(({ bytes, start, end }) => bytes.slice(start, end)), [FRAME.slice(4), FRAME.slice(4)]);
    assertEquals(cutter.bufferedBytes, 0);
  }
});

test("FrameCutter.push() tells of frames in front of a broken one before it throws", () => {
  const places = new Places();
  const chunk = Uint8Array.of(...FRAME, 0, 0, 0, 3, 0, 0, 0);
  assertThrows(() => new FrameCutter(OPTIONS).push(chunk, places), NameServerProtocolError, "length 3 is below the 4 bytes");
  assertEquals(places.found.length, 1);
});
