import { assertEquals, assertThrows } from "@std/assert";
import { test } from "../harness.ts";
import { realTier } from "./tier.ts";

/** Nothing on the PATH; and the reason counts as told. */
const BARE = { PATH: "/nonexistent", RMQ_REAL_TOLD: "1" };

test("realTier() skips where Java is missing", () => {
  assertEquals(realTier({ ...BARE }), { skip: "no real servers" });
});

test("realTier() fails instead of skipping when CI is true", () => {
  assertThrows(() => realTier({ ...BARE, CI: "true" }), Error, "no java on the PATH");
});

test("realTier() skips when RMQ_REAL is 0, though not when CI is true", () => {
  const env = { ...BARE, RMQ_REAL: "0", RMQ_REAL_SERVERS: "[]" };
  assertEquals(realTier(env), { skip: "no real servers" });
  assertEquals(realTier({ ...env, CI: "true" }).skip, undefined);
});

test("realTier() runs where servers are given", () => {
  assertEquals(realTier({ ...BARE, RMQ_REAL_SERVERS: "[]" }).skip, undefined);
});
