import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { addWritePermission, wipeWritePermission } from "../../src/request/write_permission.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

test("wipeWritePermission.decode() and addWritePermission.decode() count the topics", () => {
  assertEquals(wipeWritePermission.decode(answer({ extFields: { wipeTopicCount: "2" } }), "b"), 2);
  assertEquals(addWritePermission.decode(answer({ extFields: { addTopicCount: "0" } }), "b"), 0);
});

test("wipeWritePermission.decode() and addWritePermission.decode() refuse an answer without the count", () => {
  assertThrows(
    () => wipeWritePermission.decode(answer({ extFields: { addTopicCount: "2" } }), "b"),
    NameServerDataParseError,
    "wipeTopicCount",
  );
  assertThrows(() => addWritePermission.decode(answer(), "b"), NameServerDataParseError, "addTopicCount");
});

test("wipeWritePermission.encode() and addWritePermission.encode() refuse an empty broker", () => {
  for (const spec of [wipeWritePermission, addWritePermission]) {
    assertEquals(spec.encode("b").extFields, { brokerName: "b" });
    assertThrows(() => spec.encode(""), TypeError, "brokerName must not be empty");
  }
});
