import { assertEquals } from "@std/assert";
import { differs } from "../../src/remote/differs.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

interface Lists {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

for (const { name, input, expected } of goldenCases<Lists, boolean>("namesrv-addr-diff")) {
  test(`differs() agrees with the recorded case ${name}`, () => assertEquals(differs(input.old, input.new), expected));
}

test("differs() sees servers that come, go or change, and no other order", () => {
  assertEquals(differs(["a:1"], ["a:1", "b:1"]), true);
  assertEquals(differs(["a:1", "b:1"], ["a:1"]), true);
  assertEquals(differs([], ["a:1"]), true);
  assertEquals(differs(["a:1", "b:1"], ["b:1", "a:1"]), false);
});
