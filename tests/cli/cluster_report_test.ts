import { assertEquals } from "@std/assert";
import { clusterReport } from "../../src/cli/cluster_report.ts";
import { test } from "../harness.ts";
import { cells } from "./namesrv.ts";
import { brokerData } from "./routes.ts";

const SERVER = "10.0.0.9:9876";

test("clusterReport() shows a broker that is listed but has not registered", () => {
  const { summary, table, notes } = clusterReport({ brokerAddrTable: {}, clusterAddrTable: { c: ["ghost"] } }, SERVER);
  assertEquals([summary, cells(table.join("\n"))[1], notes], [
    `1 broker in 1 cluster at ${SERVER}`,
    ["c", "ghost", "-", "-"],
    ["ghost is listed in cluster c, but has not registered"],
  ]);
});

test("clusterReport() shows a broker that no cluster lists, in the cluster it names itself", () => {
  const { table, notes } = clusterReport({ brokerAddrTable: { a: brokerData("a", { zoneName: "z" }) }, clusterAddrTable: {} }, SERVER);
  assertEquals([cells(table.join("\n"))[1], notes], [["c", "a", "master", "10.0.0.1:10911", "z"], []]);
});

test("clusterReport() notes what is odd about brokers", () => {
  const brokerAddrTable = { a: brokerData("a", { brokerAddrs: { "0": "localhost:10911" } }) };
  assertEquals(clusterReport({ brokerAddrTable, clusterAddrTable: { c: ["a"] } }, SERVER).notes, [
    "a advertises localhost:10911, a loopback address: set its brokerIP1",
  ]);
});
