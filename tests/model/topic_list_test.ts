import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseSystemTopics, parseTopicList } from "../../src/model/topic_list.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

test("parseTopicList() gives the names, none where there is no list", () => {
  assertEquals(parseTopicList(encodeUtf8('{"topicList":["a","Тема-主题-é"]}')), ["a", "Тема-主题-é"]);
  for (const body of ['{"topicList":[]}', "{}", '{"topicList":null}']) assertEquals(parseTopicList(encodeUtf8(body)), []);
});

test("parseSystemTopics() gives the broker's address where there is one", () => {
  assertEquals(parseSystemTopics(encodeUtf8('{"brokerAddr":"10.0.0.2:10911","topicList":["b"]}')), {
    topics: ["b"],
    brokerAddr: "10.0.0.2:10911",
  });
  assertEquals(Object.keys(parseSystemTopics(encodeUtf8('{"topicList":[]}'))), ["topics"]);
});

test("parseTopicList() says where a body is no list of names", () => {
  const cases = [['{"topicList":["a",5]}', "/topicList/1"], ['{"topicList":{}}', "/topicList"], ["", ""], ["[]", ""]] as const;
  for (const [body, path] of cases) {
    assertEquals(assertThrows(() => parseTopicList(encodeUtf8(body)), NameServerDataParseError).path, path);
  }
});
