import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { booleanField, intField } from "../../src/request/answer_field.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

test("intField() reads an integer of 32 bits", () => {
  for (const value of ["0", "12", "-1", "2147483647"]) {
    assertEquals(intField(answer({ extFields: { n: value } }), "n", "listTopics"), Number(value));
  }
});

test("booleanField() reads true and false in any case", () => {
  for (const [text, value] of [["true", true], ["FALSE", false], ["False", false]] as const) {
    assertEquals(booleanField(answer({ extFields: { changed: text } }), "changed", "queryBrokerDataVersion"), value);
  }
});

test("intField() and booleanField() say which argument is malformed, and in whose answer", () => {
  for (const extFields of [{}, { n: "" }, { n: "1.5" }, { n: "2147483648" }, { n: "1e3" }, { n: "null" }] as Record<string, string>[]) {
    for (const read of [intField, booleanField]) {
      const error = assertThrows(() => read(answer({ extFields }), "n", "wipeWritePermission"), NameServerDataParseError);
      assertEquals([error.path, error.address, error.operation], ["/extFields/n", "10.0.0.1:9876", "wipeWritePermission"]);
    }
  }
});
