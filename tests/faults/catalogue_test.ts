import { assertEquals } from "@std/assert";
import { readdir, readFile } from "node:fs/promises";
import { test } from "../harness.ts";
import { CATALOGUE } from "./catalogue.ts";

const FOLDER = new URL(".", import.meta.url);

/** The numbers that test files of this folder give to `fault()`. */
async function testedNumbers(): Promise<ReadonlySet<number>> {
  const numbers = new Set<number>();
  for (const file of await readdir(FOLDER)) {
    if (!file.endsWith("_test.ts")) continue;
    for (const [, list] of (await readFile(new URL(file, FOLDER), "utf8")).matchAll(/^ *fault\(\s*(\d+|\[[\d, ]+\]),/gm)) {
      for (const [digits] of list!.matchAll(/\d+/g)) numbers.add(Number(digits));
    }
  }
  return numbers;
}

test("the catalogue of faults has the numbers from 1 to 77, once and in order", () => {
  assertEquals(CATALOGUE.map(({ number }) => number), Array.from({ length: 77 }, (_, index) => index + 1));
});

test("each fault of the catalogue has a test here, or says why it is open", async () => {
  const tested = await testedNumbers();
  const untested = CATALOGUE.filter(({ number, open }) => open === undefined && !tested.has(number));
  assertEquals(untested.map(({ number }) => number), []);
});
