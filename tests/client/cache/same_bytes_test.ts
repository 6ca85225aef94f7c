import { assertEquals } from "@std/assert";
import { sameBytes as same, wordsOf } from "../../../src/client/cache/same_bytes.ts";
import { test } from "../../harness.ts";

const sameBytes = (a: Uint8Array, b: Uint8Array) => same(a, b, wordsOf(a));

test("sameBytes() sees a difference at every place, at every length, in views at any offset", () => {
  for (let length = 0; length < 40; length++) {
    for (let offset = 0; offset < 9; offset++) {
      const a = Uint8Array.from({ length }, (_, i) => i + 1);
      const b = new Uint8Array(length + offset).subarray(offset);
      b.set(a);
      assertEquals(sameBytes(a, b), true);
      for (let i = 0; i < length; i++) {
        b[i]! ^= 0x80;
        assertEquals(sameBytes(a, b), false, `length ${length}, byte ${i}`);
        b[i]! ^= 0x80;
      }
      assertEquals([sameBytes(a, new Uint8Array(length + 1)), sameBytes(new Uint8Array(length + 1), a)], [false, false]);
    }
  }
});

test("sameBytes() compares bytes, not the numbers that they could be: 0 and -0 differ, what is no number is like itself", () => {
  const zero = new Uint8Array(8), minusZero = Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0), noNumber = new Uint8Array(8).fill(0xff);
  assertEquals([sameBytes(zero, minusZero), sameBytes(zero, zero.slice()), sameBytes(noNumber, noNumber.slice())], [false, true, true]);
});
