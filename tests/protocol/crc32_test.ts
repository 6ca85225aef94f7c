import { assertEquals } from "@std/assert";
import { crc32 } from "../../src/protocol/crc32.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

test("crc32() gives the check value of CRC-32", () => {
  assertEquals(crc32(encodeUtf8("123456789")), 0xcbf43926);
});

test("crc32() of nothing is 0", () => {
  assertEquals(crc32(new Uint8Array(0)), 0);
});

test("crc32() reads a view at its own offset", () => {
  assertEquals(crc32(encodeUtf8("xx123456789x").subarray(2, 11)), 0xcbf43926);
});
