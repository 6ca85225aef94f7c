import { assertEquals } from "@std/assert";
import { printable } from "../../src/cli/printable.ts";
import { test } from "../harness.ts";

test("printable() leaves text of any language as it is", () => {
  const text = "broker-a 10.0.0.1:10911 [fe80::1%eth0] 北京 Größe \u{1f600} \\u0041";
  assertEquals(printable(text), text);
});

test("printable() escapes what steers a terminal: C0, DEL, C1", () => {
  assertEquals(printable("\x1b[31m\r\n\t\x07\x7f\x9b"), "\\u001b[31m\\u000d\\u000a\\u0009\\u0007\\u007f\\u009b");
});

test("printable() escapes what hides or turns text: bidi, zero width, tags, lone surrogates, line separators", () => {
  assertEquals(printable("a\u202eb\u2066\u200b\ufeff\u2028\ud800"), "a\\u202eb\\u2066\\u200b\\ufeff\\u2028\\ud800");
  assertEquals(printable("\u{e0041}"), "\\udb40\\udc41");
});
