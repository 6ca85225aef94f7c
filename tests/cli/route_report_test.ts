import { assertEquals } from "@std/assert";
import { routeReport } from "../../src/cli/route_report.ts";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { test } from "../harness.ts";
import { cells } from "./namesrv.ts";
import { brokerData, queueData, routeData } from "./routes.ts";

const report = (route: TopicRouteData) => routeReport({ topic: "t", route, server: "10.0.0.9:9876" });
const rows = (route: TopicRouteData) => cells(report(route).table.join("\n")).slice(1);

test("routeReport() orders addresses by id, and keeps ids exactly", () => {
  const brokerAddrs = { "10": "h:10", "9007199254740993": "h:b", "2": "h:2", "0": "h:0", "9007199254740992": "h:a" };
  assertEquals(rows(routeData({ brokerDatas: [brokerData("a", { brokerAddrs })] })).map(([, , role, address]) => [role, address]), [
    ["master", "h:0"],
    ["slave 2", "h:2"],
    ["slave 10", "h:10"],
    ["slave 9007199254740992", "h:a"],
    ["slave 9007199254740993", "h:b"],
  ]);
});

test("routeReport() counts what clients can use: permission, a master to write to, an address at all", () => {
  const route = routeData({
    brokerDatas: [
      brokerData("a"),
      brokerData("readonly"),
      brokerData("slave", { brokerAddrs: { "1": "h:1" } }),
      brokerData("gone", { brokerAddrs: {} }),
    ],
    queueDatas: [queueData("a"), queueData("readonly", { perm: 4 }), queueData("slave"), queueData("gone"), queueData("unknown")],
  });
  assertEquals(report(route).summary, "t at 10.0.0.9:9876: 4 brokers, 24 queues to read, 4 to write");
});

test("routeReport() shows a broker without addresses and one without queues", () => {
  const route = routeData({ brokerDatas: [brokerData("a", { brokerAddrs: {} })] });
  assertEquals(rows(route), [["c", "a", "-", "-", "-", "-", "-"]]);
});

test("routeReport() shows zones where there are any", () => {
  const route = routeData({ brokerDatas: [brokerData("a", { zoneName: "eu-1" })], queueDatas: [queueData("a", { perm: 5 })] });
  assertEquals(rows(route), [["c", "a", "master", "10.0.0.1:10911", "8", "4", "R-X", "eu-1"]]);
});

test("routeReport() tells of ordered and static topics", () => {
  const mapping = { bname: "a", totalQueues: 1, epoch: 1, currIdMap: {} };
  assertEquals(report(routeData({ orderTopicConf: "a:4;b:4", topicQueueMappingByBroker: { a: mapping } })).facts, [
    "Ordered topic, queues by broker: a:4;b:4",
    "Static topic: its queues are mapped to those of brokers; --json shows how",
  ]);
  assertEquals(report(routeData({ orderTopicConf: "" })).facts, []);
});

test("routeReport() notes a slave that may act as master, and queues and brokers that don't match", () => {
  const route = routeData({
    brokerDatas: [brokerData("a", { enableActingMaster: true }), brokerData("b", { brokerAddrs: { "0": "10.0.0.2:10911" } })],
    queueDatas: [queueData("a", { perm: 4 }), queueData("c")],
  });
  assertEquals(report(route).notes, [
    "a takes no messages: 10.0.0.1:10911 may be a slave acting as master",
    "b has no queues of the topic",
    "c has queues of the topic, but is not registered",
  ]);
});

test("routeReport() has no note on a healthy route", () => {
  const route = routeData({ brokerDatas: [brokerData("a", { enableActingMaster: true })], queueDatas: [queueData("a")] });
  assertEquals(report(route).notes, []);
});
