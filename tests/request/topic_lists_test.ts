import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError, NameServerResponseError } from "../../src/errors.ts";
import * as lists from "../../src/request/topic_lists.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

test("listTopics.encode() asks for nothing in particular", () => {
  const request = lists.listTopics.encode();
  assertEquals([request.code, Object.keys(request.extFields), request.body.length], [206, [], 0]);
});

test("listTopics.decode() names the list that a server does not give", () => {
  const error = assertThrows(() => lists.listTopics.decode(answer({ code: 1, remark: "disable" })), NameServerResponseError, "disable");
  assertEquals(error.message, 'Cannot list topics at "10.0.0.1:9876": answer 1 (SYSTEM_ERROR), disable');
});

test("listTopics.decode() refuses an empty body", () => {
  assertThrows(() => lists.listTopics.decode(answer()), NameServerDataParseError);
});

test("listTopicsByCluster.encode() refuses an empty cluster", () => {
  assertEquals(lists.listTopicsByCluster.encode("c").extFields, { cluster: "c" });
  assertThrows(() => lists.listTopicsByCluster.encode(""), TypeError, "cluster must not be empty");
});

test("listSystemTopics.decode() gives names and the address of a broker", () => {
  const body = '{"brokerAddr":"10.0.0.2:10911","topicList":["c","b"]}';
  assertEquals(lists.listSystemTopics.decode(answer({ body })), { topics: ["c", "b"], brokerAddr: "10.0.0.2:10911" });
});

test("lists of unit topics each have their code", () => {
  const codes = [lists.listUnitTopics, lists.listUnitSubscribedTopics, lists.listUnitSubscribedNonUnitTopics].map((spec) =>
    spec.encode().code
  );
  assertEquals(codes, [311, 312, 313]);
});
