import { assertEquals } from "@std/assert";
import { Ring } from "../../src/sync/pump/ring.ts";
import { test } from "../harness.ts";

const SIZE = 256;

/** A ring, as its writer and its reader see it. */
function bench(): { readonly writer: Ring; readonly reader: Ring } {
  const memory = new SharedArrayBuffer(1024 + SIZE);
  return { writer: new Ring(memory, 96, 1024, SIZE), reader: new Ring(memory, 96, 1024, SIZE) };
}

function read(ring: Ring): readonly [number, number, readonly number[]] | undefined {
  if (!ring.next()) return undefined;
  const { type, link } = ring;
  return [type, link, [...ring.take(new Uint8Array(ring.length))]];
}

test("Ring gives records in their order, with type, link and payload", () => {
  const { writer, reader } = bench();
  assertEquals([writer.write(1, 7, Uint8Array.of(1, 2, 3)), writer.write(2, -8, new Uint8Array(0))], [true, true]);
  assertEquals([read(reader), read(reader), read(reader)], [[1, 7, [1, 2, 3]], [2, -8, []], undefined]);
});

test("Ring keeps payloads whole that go over its end, of every length, many times around", () => {
  const { writer, reader } = bench();
  for (let round = 0; round < 3000; round++) {
    const payload = Uint8Array.from({ length: round % 128 }, (_, i) => round + i);
    assertEquals(writer.write(3, round, payload), true);
    assertEquals(read(reader), [3, round, [...payload]]);
  }
});

test("Ring refuses what has no room, and has its reader told once that it waits", () => {
  const { writer, reader } = bench();
  const payload = new Uint8Array(writer.largest);
  assertEquals([writer.write(1, 1, payload), writer.write(1, 2, payload)], [true, false]);
  assertEquals(read(reader)?.[1], 1);
  assertEquals([reader.isAwaited, reader.isAwaited], [true, false]);
  assertEquals([writer.write(1, 2, payload), read(reader)?.[1]], [true, 2]);
});
