import { assertEquals } from "@std/assert";
import type { BrokerData } from "../../src/model/broker_data.ts";
import type { ClusterInfo } from "../../src/model/cluster_info.ts";
import { type ClusterDiff, diffClusters } from "../../src/route/diff_clusters.ts";
import { sameCluster } from "../../src/route/same_cluster.ts";
import { brokerData } from "../cli/routes.ts";
import { test } from "../harness.ts";

const NOTHING: ClusterDiff = {
  brokersAdded: [],
  brokersRemoved: [],
  addressesChanged: [],
  mastersLost: [],
  mastersGained: [],
  down: [],
  up: [],
};
const a = brokerData("a", { brokerAddrs: { "0": "h:1", "1": "h:2" } });
const b = brokerData("b", { brokerAddrs: { "0": "h:3" } });

function clusterOf(...brokers: readonly BrokerData[]): ClusterInfo {
  return {
    brokerAddrTable: Object.fromEntries(brokers.map((broker) => [broker.brokerName, broker])),
    clusterAddrTable: { c: brokers.map(({ brokerName }) => brokerName) },
  };
}

test("diffClusters() tells brokers that joined and left, and says no more of them", () => {
  assertEquals(diffClusters(clusterOf(a), clusterOf(b)), { ...NOTHING, brokersAdded: ["b"], brokersRemoved: ["a"] });
});

test("diffClusters() tells a master that was lost and gained", () => {
  const orphan = brokerData("a", { brokerAddrs: { "1": "h:2" } });
  assertEquals(diffClusters(clusterOf(a), clusterOf(orphan)), { ...NOTHING, addressesChanged: ["a"], mastersLost: ["a"] });
  assertEquals(diffClusters(clusterOf(orphan), clusterOf(a)), { ...NOTHING, addressesChanged: ["a"], mastersGained: ["a"] });
});

test("diffClusters() tells a master that moved", () => {
  const moved = brokerData("b", { brokerAddrs: { "0": "h:4" } });
  assertEquals(diffClusters(clusterOf(a, b), clusterOf(a, moved)), { ...NOTHING, addressesChanged: ["b"] });
});

test("diffClusters() tells brokers down and up, one of whose addresses answers no more or again", () => {
  const probes = { silentBefore: new Set(["h:3"]), silentNow: new Set(["h:2"]) };
  assertEquals(diffClusters(clusterOf(a, b), clusterOf(a, b), probes), { ...NOTHING, down: ["a"], up: ["b"] });
});

test("diffClusters() says nothing of silent addresses that the server no longer lists, nor of those that stay silent", () => {
  const probes = { silentBefore: new Set(["h:1", "h:9"]), silentNow: new Set(["h:1"]) };
  assertEquals(diffClusters(clusterOf(a, b), clusterOf(a, b), probes), NOTHING);
});

test("diffClusters() tells a broker that came and does not answer", () => {
  const diff = diffClusters(clusterOf(), clusterOf(b), { silentNow: new Set(["h:3"]) });
  assertEquals(diff, { ...NOTHING, brokersAdded: ["b"], down: ["b"] });
});

test("sameCluster() does not mind the order of lists, but an acting master", () => {
  assertEquals(sameCluster(clusterOf(a, b), clusterOf(b, a)), true);
  assertEquals(sameCluster(clusterOf(a, b), clusterOf(a, { ...b, enableActingMaster: true })), false);
});
