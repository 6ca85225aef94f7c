import { assert, assertEquals, assertRejects } from "@std/assert";
import { connect, TopicNotFoundError } from "../../mod.ts";
import { test } from "../harness.ts";
import { sharedCluster } from "./shared_cluster.ts";
import { realTier } from "./tier.ts";
import { VERSIONS } from "./versions.ts";

const tier = realTier();

for (const version of VERSIONS) {
  const servers = tier.skip === undefined ? await sharedCluster(version) : undefined;

  test(`queryTopicRouteInfo() gives the route of a real broker, from a real ${version} server`, async () => {
    await using client = await connect(servers!.nameServer);
    const route = await client.queryTopicRouteInfo("TBW102");
    const { brokerName, brokerAddrs, cluster } = route.brokerDatas[0]!;
    assertEquals([brokerName, cluster, { ...brokerAddrs }], ["broker-a", "DefaultCluster", { "0": servers!.broker }]);
    assertEquals(route.queueDatas.map((queues) => queues.brokerName), ["broker-a"]);
    assert(route.queueDatas[0]!.writeQueueNums > 0 && (route.queueDatas[0]!.perm & 2) === 2, "it can be written");
  }, tier);

  test(`getBrokerClusterInfo() gives the cluster of a real broker, from a real ${version} server, in both header encodings`, async () => {
    for (const serialization of ["json", "rocketmq"] as const) {
      await using client = await connect(servers!.nameServer, { serialization });
      const { brokerAddrTable, clusterAddrTable } = await client.getBrokerClusterInfo();
      assertEquals({ ...brokerAddrTable["broker-a"]!.brokerAddrs }, { "0": servers!.broker });
      assertEquals(clusterAddrTable["DefaultCluster"], ["broker-a"]);
    }
  }, tier);

  test(`queryTopicRouteInfo() rejects with TopicNotFoundError where a real ${version} server knows no such topic`, async () => {
    await using client = await connect(servers!.nameServer);
    const error = await assertRejects(() => client.queryTopicRouteInfo("no-such-topic"), TopicNotFoundError);
    assertEquals([error.topic, error.address, error.responseCode], ["no-such-topic", servers!.nameServer, 17]);
    assert(error.remark.startsWith("No topic route info in name server for the topic: no-such-topic"), error.remark);
  }, tier);

  test(`queryTopicRouteInfo() pipelines 200 calls to a real ${version} server on one connection`, async () => {
    await using client = await connect(servers!.nameServer);
    const routes = await Promise.all(Array.from({ length: 200 }, () => client.queryTopicRouteInfo("TBW102")));
    assertEquals(routes.filter((route) => route.brokerDatas[0]!.brokerName === "broker-a").length, 200);
  }, tier);
}
