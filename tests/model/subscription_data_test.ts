import { assertEquals, assertThrows } from "@std/assert";
import { type Subscription, subscriptionData } from "../../src/model/subscription_data.ts";
import { test } from "../harness.ts";

const ALL = { classFilterMode: false, topic: "orders", subString: "*", tagsSet: [], codeSet: [], subVersion: 1, expressionType: "TAG" };

test("subscriptionData() asks for every message without an expression", () => {
  const subscriptions: readonly Subscription[] = [{ topic: "orders" }, { topic: "orders", expression: "" }, {
    topic: "orders",
    expression: "*",
  }];
  for (const subscription of subscriptions) assertEquals(subscriptionData(subscription, 1), ALL as never);
});

test("subscriptionData() cuts an expression into tags as Java does", () => {
  const { subString, tagsSet, codeSet } = subscriptionData({ topic: "orders", expression: " TagA|| TagB\t||TagA||" }, 1);
  assertEquals([subString, tagsSet, codeSet], [" TagA|| TagB\t||TagA||", ["TagA", "TagB"], [2598919, 2598920]]);
  assertEquals(subscriptionData({ topic: "orders", expression: "\u00a0a" }, 1).tagsSet, ["\u00a0a"]);
});

test("subscriptionData() leaves SQL as it is", () => {
  const data = subscriptionData({ topic: "orders", expression: "a > 5 || b", type: "SQL92" }, 1);
  assertEquals([data.subString, data.tagsSet, data.codeSet, data.expressionType], ["a > 5 || b", [], [], "SQL92"]);
});

test("subscriptionData() refuses what no message could match", () => {
  assertThrows(() => subscriptionData({ topic: "" }, 1), TypeError, "topic must not be empty");
  assertThrows(() => subscriptionData({ topic: "orders", expression: " || " }, 1), TypeError, '" || " names no tag');
  assertThrows(() => subscriptionData({ topic: "orders", type: "SQL92" }, 1), TypeError, "expression must not be empty");
  assertThrows(() => subscriptionData({ topic: "orders", expression: "a", type: "SQL" as never }, 1), TypeError, 'not "SQL"');
});
