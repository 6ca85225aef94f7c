import { assertEquals } from "@std/assert";
import { connect } from "../../mod.ts";
import { RequestCode } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { eventually } from "../conformance/eventually.ts";
import { test } from "../harness.ts";
import { realTier, startBroker, VERSIONS } from "./start.ts";

test("EmbeddedNameServer lists real 5.3.3 brokers until they are stopped, whatever release it emulates", async () => {
  await using servers = await listening();
  const options = { version: "5.3.3", nameServers: servers.addresses } as const;
  const [killed, asked] = await Promise.all([startBroker({ ...options, name: "killed" }), startBroker({ ...options, name: "asked" })]);
  await using _killed = killed, _asked = asked;
  for (const address of servers.addresses) {
    await using client = await connect(address);
    const brokers = (await client.queryTopicRouteInfo("TBW102")).brokerDatas.map((broker) => [broker.brokerName, broker.brokerAddrs["0"]]);
    assertEquals(brokers.sort(), [["asked", asked.address], ["killed", killed.address]]);
    assertEquals([...(await client.getBrokerClusterInfo()).clusterAddrTable["DefaultCluster"]!].sort(), ["asked", "killed"]);
    assertEquals((await client.listTopicsByCluster("DefaultCluster")).includes("SELF_TEST_TOPIC"), true);
  }

  killed.kill("SIGKILL");
  assertEquals(await servers.listedOnce(1), VERSIONS.map(() => ["asked"]));
  assertEquals(servers.goodbyes(), VERSIONS.map(() => []));

  asked.kill("SIGTERM");
  assertEquals(await servers.listedOnce(0), VERSIONS.map(() => []));
  assertEquals(servers.goodbyes(), VERSIONS.map(() => ["asked"]));
}, realTier());

/** An embedded server of each release, on ports of this machine. */
async function listening() {
  const servers = VERSIONS.map((emulate) => new EmbeddedNameServer({ emulate }));
  const addresses = await Promise.all(servers.map(async (server) => (await server.listen()).address));
  const listed = async (address: string) => {
    await using client = await connect(address);
    return Object.keys((await client.getBrokerClusterInfo()).brokerAddrTable);
  };
  return {
    addresses,
    /** Names of the brokers that each server lists, once they are so many. */
    listedOnce: (count: number) => Promise.all(addresses.map((each) => eventually(() => listed(each), (names) => names.length === count))),
    /** Names of the brokers that have unregistered themselves, by server. */
    goodbyes: () =>
      servers.map((server) => {
        const requests = server.received.filter(({ code }) => code === RequestCode.UNREGISTER_BROKER);
        return requests.map(({ extFields }) => extFields["brokerName"]);
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server[Symbol.asyncDispose]()));
    },
  };
}
