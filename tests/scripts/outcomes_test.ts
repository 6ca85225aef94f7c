import { assertEquals } from "@std/assert";
import { parseOutcomes } from "../../scripts/outcomes.ts";
import { test } from "../harness.ts";

const DENO = `running 4 tests from ./tests/x_test.ts
adds ... ok (596µs)
prints ...
------- output -------
hi
----- output end -----
prints ... ok (330µs)
divides ... 1 ... FAILED (700ms)
waits [skipped: no java] ... ignored (0ms)

FAILED | 2 passed | 1 failed | 1 ignored (10ms)
`;
const NODE = `✔ adds (1.155497ms)
✖ divides ... 1 (0.661454ms)
  Error: x
﹣ waits [skipped: no java] (0.197258ms) # SKIP
ℹ pass 1

✖ failing tests:

✖ divides ... 1 (0.661454ms)
`;
const BUN = `(pass) adds [2.56ms]
error: x
(fail) divides ... 1 [0.39ms]
(skip) waits [skipped: no java]
 1 pass
`;

test("parseOutcomes() reads what Deno, Node and Bun print of each test", () => {
  for (const output of [DENO, NODE, BUN]) {
    const { prints: _, ...outcomes } = Object.fromEntries(parseOutcomes(output));
    assertEquals(outcomes, { "adds": "passed", "divides ... 1": "failed", "waits [skipped: no java]": "skipped" });
  }
});

test("parseOutcomes() takes the worst of two tests with one name", () => {
  assertEquals(parseOutcomes("(fail) twice [1.00ms]\n(pass) twice [1.00ms]\n").get("twice"), "failed");
});
