import { assertEquals, assertThrows } from "@std/assert";
import type { ConsumerRegistrationOptions, RegistrationOptions } from "../../../src/route/registration/options.ts";
import { REGISTRATION_DEFAULTS } from "../../../src/route/registration/options.ts";
import { consumerGroup, producerGroup } from "../../../src/route/registration/registered_group.ts";
import { test } from "../../harness.ts";

const member = { group: "g", clientId: "id" };
const producer = (options: RegistrationOptions) => producerGroup(member, options);
const consumer = (options: ConsumerRegistrationOptions) => consumerGroup(member, options, 5);

test("producerGroup() and consumerGroup() complete what is left out", () => {
  const { intervalMs, ...consumerDefaults } = REGISTRATION_DEFAULTS;
  assertEquals(producer({}), {
    ...member,
    intervalMs,
    topics: undefined,
    mapAddress: undefined,
    nameServer: undefined,
    consumer: undefined,
  });
  assertEquals(consumer({}).consumer, { groupName: "g", ...consumerDefaults, subscriptionDataSet: [], unitMode: false });
});

test("consumerGroup() writes subscriptions as brokers read them: tags, their Java hash codes, SQL92, subVersion", () => {
  const subscriptions = [
    { topic: "orders", expression: "TagA || TagB" },
    { topic: "all" },
    { topic: "sql", expression: "a > 5", type: "SQL92" },
  ] as const;
  const told = consumer({ subscriptions }).consumer!.subscriptionDataSet;
  assertEquals(
    told.map(({ subString, tagsSet, codeSet, expressionType, subVersion }) => ({
      subString,
      tagsSet,
      codeSet,
      expressionType,
      subVersion,
    })),
    [
      { subString: "TagA || TagB", tagsSet: ["TagA", "TagB"], codeSet: [2598919, 2598920], expressionType: "TAG", subVersion: 5 },
      { subString: "*", tagsSet: [], codeSet: [], expressionType: "TAG", subVersion: 5 },
      { subString: "a > 5", tagsSet: [], codeSet: [], expressionType: "SQL92", subVersion: 5 },
    ],
  );
});

test("producerGroup() takes every name that brokers take, of any length up to the limit", () => {
  for (const group of ["a", "%RETRY%a", "a|b", "A-b_9", "g".repeat(255)]) assertEquals(producerGroup({ ...member, group }).group, group);
  for (const clientId of ["10.0.0.1@1234#5678@unit", "a b", "é", "c".repeat(255)]) {
    assertEquals(producerGroup({ ...member, clientId }).clientId, clientId);
  }
});

test("producerGroup() names what is wrong with a name, the limit and the place", () => {
  const group = (name: unknown) => () => producerGroup({ ...member, group: name as string });
  const clientId = (name: unknown) => () => producerGroup({ ...member, clientId: name as string });
  assertThrows(group(""), TypeError, "group must not be empty");
  assertThrows(group(undefined), TypeError, "group must be a string, not undefined");
  assertThrows(group("or ders"), TypeError, `group "or ders" has " " at index 2; allowed are letters`);
  assertThrows(group("ab😀"), TypeError, `has "😀" at index 2`);
  assertThrows(group("g".repeat(256)), RangeError, "group has 256 characters, and 255 are allowed");
  assertThrows(clientId(""), TypeError, "clientId must not be empty");
  assertThrows(clientId(" \t"), TypeError, "clientId must not be blank");
  assertThrows(clientId("a\nb"), TypeError, `has "\\n" at index 1`);
  assertThrows(clientId("c".repeat(256)), RangeError, "clientId has 256 characters, and 255 are allowed");
});

test("producerGroup() and consumerGroup() refuse options that make no sense", () => {
  for (const intervalMs of [0, -1, NaN, Infinity, 2 ** 31]) {
    assertThrows(() => producer({ intervalMs }), RangeError, `intervalMs ${intervalMs}`);
  }
  assertThrows(() => producer({ intervalMs: "1" as never }), TypeError, "intervalMs must be a number");
  assertThrows(() => producer({ topics: [] }), TypeError, "topics must not be empty");
  assertThrows(() => producer({ topics: ["t".repeat(128)] }), RangeError, "topic has 128 characters, and 127 are allowed");
  assertThrows(() => producer({ topics: ["a.b"] }), TypeError, `topic "a.b" has "." at index 1`);
  assertThrows(() => producer({ mapAddress: "x" as never }), TypeError, "mapAddress must be a function");
  assertThrows(() => consumer({ consumeType: "PUSH" as never }), TypeError, "consumeType must be one of");
  assertThrows(() => consumer({ messageModel: "X" as never }), TypeError, "messageModel must be one of");
  assertThrows(() => consumer({ consumeFromWhere: "X" as never }), TypeError, "consumeFromWhere must be one of");
  assertThrows(
    () => consumer({ subscriptions: [{ topic: "t" }, { topic: "t", expression: "a" }] }),
    TypeError,
    `topic "t" is subscribed to twice`,
  );
  assertThrows(() => consumer({ subscriptions: [{ topic: "t", expression: "||" }] }), TypeError, "names no tag");
  assertThrows(() => consumer({ subscriptions: [{ topic: "t", type: "SQL92" }] }), TypeError, "expression must not be empty");
});
