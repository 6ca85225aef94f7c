import { assertEquals } from "@std/assert";
import { formatPermission } from "../../src/route/format_permission.ts";
import { test } from "../harness.ts";

test("formatPermission() writes each of the three bits, as Java's perm2String does", () => {
  assertEquals([0, 1, 2, 3, 4, 5, 6, 7].map(formatPermission), ["---", "--X", "-W-", "-WX", "R--", "R-X", "RW-", "RWX"]);
});

test("formatPermission() does not show further bits", () => {
  assertEquals([8, 14, -1, 1 << 30].map(formatPermission), ["---", "RW-", "RWX", "---"]);
});
