import { assertEquals, assertThrows } from "@std/assert";
import { deleteTopic, registerTopic } from "../../src/request/topic.ts";
import { test } from "../harness.ts";
import { answer, bodyText } from "./answer.ts";

const QUEUES = { brokerName: "b", readQueueNums: 4, writeQueueNums: 8, perm: 6, topicSysFlag: 0 };

test("registerTopic.encode() puts the queues into a route", () => {
  const request = registerTopic.encode({ topic: "orders", queues: [QUEUES] });
  assertEquals(request.extFields, { topic: "orders" });
  assertEquals(JSON.parse(bodyText(request)), { brokerDatas: [], filterServerTable: {}, queueDatas: [QUEUES] });
});

test("registerTopic.encode() names the field that is wrong", () => {
  const cases = [
    [{ topic: "", queues: [] }, TypeError, "topic must not be empty"],
    [{ topic: "orders" }, TypeError, "queues must be an array"],
    [{ topic: "orders", queues: [{ ...QUEUES, brokerName: "" }] }, TypeError, "queues[0].brokerName"],
    [{ topic: "orders", queues: [QUEUES, { ...QUEUES, perm: "6" }] }, TypeError, "queues[1].perm"],
    [{ topic: "orders", queues: [{ ...QUEUES, readQueueNums: 2 ** 31 }] }, RangeError, "queues[0].readQueueNums"],
  ] as const;
  for (const [params, ErrorClass, message] of cases) assertThrows(() => registerTopic.encode(params as never), ErrorClass, message);
});

test("deleteTopic.encode() names a cluster only where one is given, and never an empty one", () => {
  assertEquals(deleteTopic.encode({ topic: "orders" }).extFields, { topic: "orders" });
  assertEquals(deleteTopic.encode({ topic: "orders", cluster: "c" }).extFields, { topic: "orders", clusterName: "c" });
  assertThrows(() => deleteTopic.encode({ topic: "orders", cluster: "" }), TypeError, "cluster must not be empty");
  assertThrows(() => deleteTopic.encode({ topic: "" }), TypeError, "topic must not be empty");
});

test("registerTopic.decode() and deleteTopic.decode() give nothing for a success", () => {
  assertEquals([registerTopic, deleteTopic].map((spec) => spec.decode(answer(), {} as never)), [undefined, undefined]);
});
