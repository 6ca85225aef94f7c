import { assertEquals } from "@std/assert";
import { Health } from "../../src/remote/health.ts";
import { test } from "../harness.ts";

test("Health.failed() leaves an address alone for the backoff of its n-th failure in a row", () => {
  const health = new Health((attempt) => attempt * 100);
  assertEquals([health.failed("a:1", 1000), health.readyAt("a:1")], [1, 1100]);
  assertEquals([health.failed("a:1", 1100), health.readyAt("a:1")], [2, 1300]);
  assertEquals([health.failing, health.failuresOf("a:1"), health.failuresOf("b:1"), health.readyAt("b:1")], [1, 2, 0, 0]);
});

test("Health.failed() takes failures while an address is left alone for one, and asks for no further backoff", () => {
  const asked: number[] = [];
  const health = new Health((attempt) => (asked.push(attempt), 100));
  assertEquals([0, 50, 99].map((now) => health.failed("a:1", now)), [1, 1, 1]);
  assertEquals([asked, health.readyAt("a:1")], [[1], 100]);
});

test("Health.succeeded() and keepOnly() forget", () => {
  const health = new Health(() => 100);
  for (const address of ["a:1", "b:1", "c:1"]) health.failed(address, 0);
  health.succeeded("a:1");
  health.keepOnly(new Set(["a:1", "b:1"]));
  assertEquals([health.failing, ["a:1", "b:1", "c:1"].map((address) => health.failuresOf(address))], [1, [0, 1, 0]]);
});
