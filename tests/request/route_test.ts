import { assertEquals, assertThrows } from "@std/assert";
import { TopicNotFoundError } from "../../src/errors.ts";
import { queryTopicRouteInfo } from "../../src/request/route.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

test("queryTopicRouteInfo.encode() refuses an empty topic", () => {
  assertEquals(queryTopicRouteInfo.encode("orders").extFields, { topic: "orders" });
  assertThrows(() => queryTopicRouteInfo.encode(""), TypeError, "topic must not be empty");
});

test("queryTopicRouteInfo.decode() says which topic there is not, and where", () => {
  const remark = "No topic route info in name server for the topic: orders\nSee <url> for further details.";
  const error = assertThrows(() => queryTopicRouteInfo.decode(answer({ code: 17, remark }), "orders"), TopicNotFoundError, '"orders"');
  assertEquals([error.topic, error.responseCode, error.remark, error.address], ["orders", 17, remark, "10.0.0.1:9876"]);
});
