import { assertEquals } from "@std/assert";
import { reach } from "../../src/cli/reach.ts";
import { test } from "../harness.ts";

test("reach() knows loopback addresses in all their forms", () => {
  for (
    const host of [
      "127.0.0.1",
      "127.8.9.10",
      "localhost",
      "LocalHost",
      "a.localhost",
      "[::1]",
      "::1",
      "0:0:0:0:0:0:0:1",
      "[::ffff:127.0.0.1]",
    ]
  ) {
    assertEquals([host, reach(`${host}:10911`)], [host, "loopback"]);
  }
});

test("reach() knows addresses that are no destination", () => {
  for (const host of ["0.0.0.0", "[::]", "::", "0:0:0:0:0:0:0:0"]) assertEquals([host, reach(`${host}:10911`)], [host, "unspecified"]);
});

test("reach() takes everything else for an address of a network", () => {
  for (
    const host of ["10.0.0.1", "127.example.org", "localhost.org", "mylocalhost", "[fe80::1%eth0]", "2001:db8::1", "", "1", "北京"]
  ) {
    assertEquals([host, reach(`${host}:10911`)], [host, "network"]);
  }
});

test("reach() needs no more than a moment for hostile text", () => {
  const texts = ["0:", ":", "0.", "a.", "1"].map((part) => `${part.repeat(500_000)}x`);
  assertEquals(texts.map(reach), texts.map(() => "network"));
});
