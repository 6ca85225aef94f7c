import { assert, assertEquals } from "@std/assert";
import { BodyCopies } from "../../src/remote/body_copies.ts";
import { test } from "../harness.ts";

test("BodyCopies.copy() gives bytes of their own, whatever their number", () => {
  const copies = new BodyCopies();
  const given: Uint8Array[] = [];
  for (let size = 0; size < 9000; size += 1 + (size >> 4)) {
    const bytes = new Uint8Array(size).fill(size & 0xff);
    given.push(copies.copy(bytes));
    bytes.fill(0);
  }
  for (const copy of given) assert(copy.every((byte) => byte === (copy.length & 0xff)), `${copy.length} bytes`);
});

test("BodyCopies.copy() lets small bodies share memory, each from a multiple of eight bytes on, and gives large ones their own", () => {
  const copies = new BodyCopies();
  const [first, second] = [copies.copy(new Uint8Array(100)), copies.copy(new Uint8Array(100))];
  assertEquals([first.buffer === second.buffer, second.byteOffset], [true, 104]);
  const large = copies.copy(new Uint8Array(5000));
  assertEquals([large.byteOffset, large.buffer.byteLength], [0, 5000]);
});

test("BodyCopies.copy() takes what lies between two places, and nothing around it", () => {
  const copies = new BodyCopies();
  for (const size of [0, 1, 100, 5000]) {
    const bytes = new Uint8Array(size + 7).fill(9);
    bytes.fill(1, 3, size + 3);
    assertEquals(copies.copy(bytes, 3, size + 3), new Uint8Array(size).fill(1));
  }
});
