import { assertEquals, assertThrows } from "@std/assert";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { publishQueues } from "../../src/route/publish_queues.ts";
import { test } from "../harness.ts";
import { brokerData, queueData, routeData } from "../cli/routes.ts";

const names = (route: TopicRouteData, onSkipped?: (segment: string) => void) =>
  publishQueues("t", route, onSkipped).map(({ brokerName, queueId }) => `${brokerName}/${queueId}`);

test("publishQueues() orders brokers by name as Java does, and keeps the order of entries of one broker", () => {
  const route = routeData({
    brokerDatas: ["b", "a", "B", "ä", "a-10", "a-2"].map((name) => brokerData(name)),
    queueDatas: ["b", "a", "B", "ä", "a-10", "a-2"].map((name) => queueData(name, { writeQueueNums: 1 })),
  });
  assertEquals(names(route), ["B/0", "a/0", "a-10/0", "a-2/0", "b/0", "ä/0"]);
});

test("publishQueues() looks for a broker's master in the first of two entries of its name", () => {
  const route = routeData({
    brokerDatas: [brokerData("a", { brokerAddrs: { "1": "10.0.0.2:10911" } }), brokerData("a")],
    queueDatas: [queueData("a")],
  });
  assertEquals(names(route), []);
});

const SEGMENTS: readonly (readonly [conf: string, queues: readonly string[], skipped: readonly string[]])[] = [
  ["a:1;b:2", ["a/0", "b/0", "b/1"], []],
  ["b:1;a:1", ["b/0", "a/0"], []],
  ["a:1;", ["a/0"], []],
  [";", [], []],
  ["a:1;;b:1", ["a/0", "b/0"], [""]],
  ["a:1:junk", ["a/0"], []],
  [":1", ["/0"], []],
  ["a:+1", ["a/0"], []],
  ["a:0;a:-0", [], []],
  ["a;b:1", ["b/0"], ["a"]],
  ["a:;b:1", ["b/0"], ["a:"]],
  [":;b:1", ["b/0"], [":"]],
  ["a::1;b:1", ["b/0"], ["a::1"]],
  ["a: 1;a:1.5;a:0x1;a:1e1;a:-1;a:2147483648;b:1", ["b/0"], ["a: 1", "a:1.5", "a:0x1", "a:1e1", "a:-1", "a:2147483648"]],
];

for (const [orderTopicConf, queues, skipped] of SEGMENTS) {
  test(`fault 39: publishQueues() of order configuration "${orderTopicConf}" skips and tells what makes no sense`, () => {
    const told: string[] = [];
    assertEquals(names(routeData({ orderTopicConf, queueDatas: [queueData("z")] }), (segment) => told.push(segment)), queues);
    assertEquals(told, skipped);
  });
}

test("publishQueues() takes the physical queues of a static topic whose order configuration is empty, and its logical ones without any", () => {
  const topicQueueMappingByBroker = { a: { bname: "a", totalQueues: 2, epoch: 1, currIdMap: {}, scope: "s" } };
  const route = routeData({
    brokerDatas: [brokerData("a")],
    queueDatas: [queueData("a", { writeQueueNums: 1 })],
    topicQueueMappingByBroker,
  });
  assertEquals(names(route), ["__syslo__s/0", "__syslo__s/1"]);
  assertEquals(names({ ...route, orderTopicConf: "" }), ["a/0"]);
});

test("fault 40: publishQueues() refuses more than 65,536 queues of a broker before it makes any", () => {
  const route = (writeQueueNums: number) => routeData({ brokerDatas: [brokerData("a")], queueDatas: [queueData("a", { writeQueueNums })] });
  assertEquals(names(route(65_536)).length, 65_536);
  const message = 'Cannot list queues of topic "t": 65537 queues of broker "a" exceed 65536';
  assertThrows(() => names(route(65_537)), RangeError, message);
  assertThrows(() => names(route(2 ** 31 - 1)), RangeError);
  assertThrows(() => names(routeData({ orderTopicConf: "a:2147483647" })), RangeError);
  assertThrows(() => names(routeData({ orderTopicConf: "a:65536;a:1" })), RangeError, message);
  const mapping = { bname: "a", totalQueues: 2 ** 31 - 1, epoch: 1, currIdMap: {} };
  assertThrows(() => names(routeData({ topicQueueMappingByBroker: { a: mapping } })), RangeError);
});

test("publishQueues() refuses more than 1,048,576 queues of all brokers: a route may name brokers without end", () => {
  const conf = (brokers: number) => Array.from({ length: brokers }, (_, i) => `b${i}:65536`).join(";");
  assertThrows(
    () => names(routeData({ orderTopicConf: conf(17) })),
    RangeError,
    'Cannot list queues of topic "t": 1114112 queues of all brokers exceed 1048576',
  );
});
