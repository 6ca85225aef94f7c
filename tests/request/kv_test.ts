import { assertEquals, assertThrows } from "@std/assert";
import { NameServerResponseError } from "../../src/errors.ts";
import { deleteKvConfig, getKvConfig, listKvConfig, putKvConfig } from "../../src/request/kv.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

const KEY = { namespace: "n", key: "k" };

test("getKvConfig.decode() tells an empty value from none", () => {
  assertEquals(getKvConfig.decode(answer({ extFields: { value: "" } }), KEY), "");
  assertEquals(getKvConfig.decode(answer({ code: 22, remark: "No config item, Namespace: n Key: k" }), KEY), undefined);
  assertEquals(getKvConfig.decode(answer(), KEY), undefined);
});

test("getKvConfig.decode() passes other failures on", () => {
  assertThrows(() => getKvConfig.decode(answer({ code: 17 }), KEY), NameServerResponseError, "Cannot get kv config");
});

test("listKvConfig.decode() gives no values for a namespace that the server does not know", () => {
  const table = listKvConfig.decode(answer({ code: 22, remark: "No config item, Namespace: n" }), "n");
  assertEquals([Object.keys(table), Object.getPrototypeOf(table)], [[], null]);
});

test("putKvConfig.encode() sends an empty value, and nothing that is no text", () => {
  assertEquals(putKvConfig.encode({ ...KEY, value: "" }).extFields, { ...KEY, value: "" });
  assertThrows(() => putKvConfig.encode({ ...KEY, value: 5 as never }), TypeError, "value must be a string, not number");
  assertThrows(() => putKvConfig.encode(KEY as never), TypeError, "value must be a string, not undefined");
});

test("Requests of the store refuse empty namespaces and keys", () => {
  for (const spec of [getKvConfig, putKvConfig, deleteKvConfig]) {
    assertThrows(() => spec.encode({ namespace: "", key: "k", value: "" }), TypeError, "namespace must not be empty");
    assertThrows(() => spec.encode({ namespace: "n", key: "", value: "" }), TypeError, "key must not be empty");
  }
  assertThrows(() => listKvConfig.encode(""), TypeError, "namespace must not be empty");
});

test("Requests of the store send the names and nothing else that an object carries", () => {
  const entry = { ...KEY, value: "v", more: "x" };
  assertEquals(getKvConfig.encode(entry).extFields, KEY);
  assertEquals(deleteKvConfig.encode(entry).extFields, KEY);
  assertEquals(putKvConfig.encode(entry).extFields, { ...KEY, value: "v" });
});
