import { assertEquals, assertStringIncludes } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { cells, namesrv } from "./namesrv.ts";
import { brokerData, queueData, routeData } from "./routes.ts";

test("namesrv route shows each address of each broker, with the broker's queues beside the first", async () => {
  await using server = new EmbeddedNameServer();
  server.registerBroker(brokerA());
  server.registerBroker(brokerA({ brokerId: 1, brokerAddr: "10.0.0.2:10911" }));
  server.registerBroker(brokerA({ brokerName: "b", brokerAddr: "10.0.0.3:10911" }));
  const { address } = await server.listen();
  const { status, output, errors } = await namesrv("route", "orders", "-n", address);
  assertEquals([status, errors], [0, ""]);
  assertEquals(cells(output), [
    [`orders at ${address}: 2 brokers, 8 queues to read, 8 to write`],
    [""],
    ["CLUSTER", "BROKER", "ROLE", "ADDRESS", "READ", "WRITE", "PERM"],
    ["c", "a", "master", "10.0.0.1:10911", "4", "4", "RW-"],
    ["c", "a", "slave 1", "10.0.0.2:10911"],
    ["c", "b", "master", "10.0.0.3:10911", "4", "4", "RW-"],
  ]);
});

test("namesrv route fits 80 columns with the names and addresses that RocketMQ gives by default", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute(
    "orders",
    routeData({
      queueDatas: [queueData("broker-a")],
      brokerDatas: [
        brokerData("broker-a", { cluster: "DefaultCluster", brokerAddrs: { "0": "192.168.100.100:10911", "12": "192.168.100.101:10911" } }),
      ],
    }),
  );
  const { address } = await server.listen();
  const { output } = await namesrv("route", "orders", "-n", address);
  assertEquals(output.split("\n").filter((line) => line.length > 80), []);
});

test("namesrv route --json prints the route alone: stable order, exact integers", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute(
    "orders",
    routeData({
      queueDatas: [queueData("b-10"), queueData("b-2")],
      brokerDatas: [brokerData("b-10", { brokerAddrs: { "9223372036854775807": "h:1" } }), brokerData("b-2")],
      topicQueueMappingByBroker: { "b-2": { bname: "b-2", totalQueues: 1, epoch: 2n ** 60n, currIdMap: {} } },
    }),
  );
  const { address } = await server.listen();
  const { status, output } = await namesrv("route", "orders", "-n", address, "--json");
  const route = JSON.parse(output);
  assertEquals([status, Object.keys(route)], [0, ["brokerDatas", "filterServerTable", "queueDatas", "topicQueueMappingByBroker"]]);
  assertEquals(route.brokerDatas.map((broker: { readonly brokerName: string }) => broker.brokerName), ["b-2", "b-10"]);
  assertEquals(route.brokerDatas[1].brokerAddrs, { "9223372036854775807": "h:1" });
  assertEquals(route.topicQueueMappingByBroker["b-2"].epoch, "1152921504606846976");
});

test("namesrv route ends with 3 where there is no such topic, and says which server knows none", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  for (const format of [[], ["--json"]]) {
    assertEquals(await namesrv("route", "orders", "-n", address, ...format), {
      status: 3,
      output: "",
      errors: `namesrv: Cannot find route of topic "orders" at "${address}": the server knows no such topic\n`,
    });
  }
});

test("namesrv route takes a topic that looks like an option behind --", async () => {
  await using server = new EmbeddedNameServer();
  server.setTopicRoute("--json", routeData());
  const { address } = await server.listen();
  const { status, output } = await namesrv("route", "-n", address, "--", "--json");
  assertEquals([status, output], [0, `--json at ${address}: 0 brokers, 0 queues to read, 0 to write\n`]);
});

test("namesrv route shows names of a hostile server as text", async () => {
  await using server = new EmbeddedNameServer();
  const name = "a\x1b[2J\u202e\n";
  server.setTopicRoute("orders", routeData({ orderTopicConf: name, brokerDatas: [brokerData(name)], queueDatas: [queueData(name)] }));
  const { address } = await server.listen();
  const { output } = await namesrv("route", "orders", "-n", address);
  assertEquals(/[^\x20-\x7e\n]/.test(output), false);
  assertStringIncludes(output, "a\\u001b[2J\\u202e\\u000a");
});
