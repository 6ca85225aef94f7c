import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { formatTopicConfigLine, parseTopicConfigLine } from "../../src/model/topic_config_line.ts";
import { test } from "../harness.ts";
import { topic } from "./brokers.ts";

test("formatTopicConfigLine() writes five fields where there are no attributes, so that 4.x servers read it", () => {
  assertEquals(formatTopicConfigLine(topic("orders", { perm: 4 })), "orders 16 16 4 SINGLE_TAG");
  assertEquals(formatTopicConfigLine(topic("orders", { attributes: {} })), "orders 16 16 6 SINGLE_TAG");
});

test("formatTopicConfigLine() writes attributes without a blank", () => {
  const line = formatTopicConfigLine(topic("orders", { attributes: { "a b": "c d" } }));
  assertEquals(line, 'orders 16 16 6 SINGLE_TAG {"a\\u0020b":"c\\u0020d"}');
  assertEquals(parseTopicConfigLine(line).attributes, { "a b": "c d" });
});

test("formatTopicConfigLine() refuses a name with a blank", () => {
  assertThrows(() => formatTopicConfigLine(topic("my orders")), TypeError, '"my orders" has a blank in its name');
});

test("parseTopicConfigLine() reads lines of 4.x and 5.x", () => {
  assertEquals(parseTopicConfigLine("orders 4 +8 -1 MULTI_TAG"), {
    ...topic("orders", { readQueueNums: 4, writeQueueNums: 8, perm: -1, topicFilterType: "MULTI_TAG" }),
  });
  assertEquals(parseTopicConfigLine("orders 16 16 6 SINGLE_TAG {}"), topic("orders", { attributes: {} }));
  assertEquals(parseTopicConfigLine("orders 16 16 6 SINGLE_TAG "), topic("orders"));
});

test("parseTopicConfigLine() refuses a line that is none", () => {
  for (
    const line of [
      "",
      "orders",
      "orders 16 16 6",
      " 16 16 6 SINGLE_TAG",
      "orders 16 x 6 SINGLE_TAG",
      "orders 16 16 2147483648 SINGLE_TAG",
      "orders 1 1 6 X",
    ]
  ) {
    assertThrows(() => parseTopicConfigLine(line), NameServerDataParseError, JSON.stringify(line));
  }
});
