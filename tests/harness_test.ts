import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { limited, runtime, test } from "./harness.ts";

const skip = runtime === "deno" ? undefined : "the runner itself ends a test that takes too long";

test("limited() fails a test that hangs, with its name", async () => {
  const hold = setInterval(() => {}, 1000); // as something would that the test waits for
  try {
    await assertRejects(() => limited("hangs", () => new Promise(() => {}), 10), Error, 'Test "hangs" is not over after 10 ms');
  } finally {
    clearInterval(hold);
  }
}, { skip });

test("limited() gives what the test gives, and leaves no timer", async () => {
  const reason = new Error("failed");
  assertStrictEquals(await assertRejects(() => limited("fails", () => Promise.reject(reason), 60_000)), reason);
  assertEquals(await limited("works", () => {}, 60_000), undefined);
}, { skip });
