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
