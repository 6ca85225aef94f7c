import { assertEquals } from "@std/assert";
import { javaHashCode } from "../../src/model/java_hash_code.ts";
import { test } from "../harness.ts";

// Values of Java's String.hashCode
test("javaHashCode() gives what Java gives", () => {
  const cases = [["", 0], ["TagA", 2598919], ["TagB", 2598920], ["polygenelubricants", -2147483648], ["é😀", 1996812]] as const;
  for (const [text, hash] of cases) assertEquals(javaHashCode(text), hash, text);
});
