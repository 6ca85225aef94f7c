import { assertEquals, assertThrows } from "@std/assert";
import { connect, createClientId, TopicNotFoundError } from "../../mod.ts";
import { connectSync } from "../../src/sync.ts";
import { test } from "../harness.ts";
import { RegisteredClients } from "./registered_clients.ts";
import { realTier, sharedCluster, VERSIONS } from "./start.ts";

const tier = realTier();

for (const version of VERSIONS) {
  const servers = tier.skip === undefined ? await sharedCluster(version) : undefined;

  test(`SyncNameServerClient asks a real ${version} server, in both header encodings`, () => {
    for (const serialization of ["json", "rocketmq"] as const) {
      using client = connectSync(servers!.nameServer, { serialization });
      assertEquals({ ...client.queryTopicRouteInfo("TBW102").brokerDatas[0]!.brokerAddrs }, { "0": servers!.broker });
      assertEquals(client.getBrokerClusterInfo().clusterAddrTable["DefaultCluster"], ["broker-a"]);
      const error = assertThrows(() => client.queryTopicRouteInfo("no-such-topic"), TopicNotFoundError);
      assertEquals([error.topic, error.address, error.responseCode], ["no-such-topic", servers!.nameServer, 17]);
      assertEquals(client.routes.publishQueues("TBW102").every(({ brokerName }) => brokerName === "broker-a"), true);
    }
  }, tier);

  test(
    `SyncNameServerClient registers with a real ${version} broker until it unregisters`,
    async () => {
      using client = connectSync(servers!.nameServer);
      await using other = await connect(servers!.nameServer);
      const listed = new RegisteredClients(other, servers!.broker);
      const [id, group] = [createClientId(), `group-${crypto.randomUUID()}`];
      const producer = client.registerProducer(group, id);
      const consumer = client.registerConsumer(group, id, { subscriptions: [{ topic: "TBW102" }] });
      assertEquals([producer.brokers, producer.failures.size], [[servers!.broker], 0]);
      assertEquals([await listed.producers(group), await listed.consumers(group)], [[id], [[id], [id]]]);
      consumer.unregister();
      producer.unregister();
      assertEquals([await listed.producers(group), await listed.consumers(group)], [[], [[], []]]);
    },
    tier,
  );
}
