import { assert, assertEquals } from "@std/assert";
import { type ClusterChange, connect, type TopicRouteChange } from "../../mod.ts";
import { eventually } from "../conformance/eventually.ts";
import { test } from "../harness.ts";
import { startBroker } from "./broker.ts";
import { startNameServer } from "./name_server.ts";
import { sharedCluster } from "./shared_cluster.ts";
import { realTier } from "./tier.ts";
import { VERSIONS } from "./versions.ts";

const tier = realTier();
/** A topic that every broker brings along. */
const TOPIC = "TBW102";

for (const version of VERSIONS) {
  const servers = tier.skip === undefined ? await sharedCluster(version) : undefined;

  test(`getBrokerStatus() names the version of a real ${version} broker, and reads its figures`, async () => {
    await using client = await connect(servers!.nameServer);
    // In its first second 5.5.0 answers with an exception: it has no figures yet to make averages of
    const [status] = await eventually(() => client.getBrokerStatus(), (statuses) => statuses[0]?.runtime !== undefined);
    const { roundTripMs, runtime, ...rest } = status!;
    assertEquals(rest, {
      cluster: "DefaultCluster",
      brokerName: "broker-a",
      brokerId: "0",
      address: servers!.broker,
      role: "master",
      alive: true,
      version: `V${version.replaceAll(".", "_")}`,
    });
    assert(roundTripMs! > 0);
    const transferred = version === "4.9.7" ? "getTransferedTps" : "getTransferredTps";
    for (const figure of ["putTps", transferred, "msgPutTotalTodayNow", "bootTimestamp"]) {
      assert(runtime![figure] !== undefined, figure);
    }
  }, tier);
}

/** The first change of this kind; others on the way are passed over. */
async function until<T>(watch: AsyncIterator<T>, isIt: (change: T) => boolean): Promise<T> {
  for (let item = await watch.next(); !item.done; item = await watch.next()) if (isIt(item.value)) return item.value;
  throw new Error("Cannot find the change: the watch has ended");
}

/** The first difference that has names in this list. */
async function named(
  watch: AsyncIterator<ClusterChange>,
  list: "brokersAdded" | "brokersRemoved" | "down" | "up",
): Promise<readonly string[]> {
  const change = await until(watch, (item) => item.type === "changed" && item.diff[list].length > 0);
  return change.type === "changed" ? change.diff[list] : [];
}

const kind = (type: TopicRouteChange["type"]) => (change: TopicRouteChange): boolean => change.type === type;

test("watchCluster(), watchTopicRoute() and compareNameServers() see a real 5.3.3 broker that freezes, stops and starts", async () => {
  const options = { version: "5.3.3" } as const;
  const [first, second] = await Promise.all([startNameServer(options), startNameServer(options)]);
  await using _first = first, _second = second;
  const broker = await startBroker({ ...options, nameServers: [first.address] });
  await using _broker = broker;

  await using both = await connect([first.address, second.address]);
  const { agree, brokers, topics } = await both.compareNameServers();
  assertEquals([agree, brokers.map(({ brokerName, missingOn }) => ({ brokerName, missingOn }))], [
    false,
    [{ brokerName: "broker-a", missingOn: [second.address] }],
  ]);
  assert(topics.some(({ topic, missingOn }) => topic === TOPIC && missingOn.join() === second.address));

  await using client = await connect(first.address, { timeoutMs: 2000 });
  const cluster = client.watchCluster({ intervalMs: 200, probe: true });
  const topic = client.watchTopicRoute(TOPIC, { intervalMs: 200 });
  assertEquals((await topic.next()).value.type, "snapshot");
  assertEquals((await cluster.next()).value.type, "snapshot");

  broker.kill("SIGSTOP");
  assertEquals(await named(cluster, "down"), ["broker-a"]);
  broker.kill("SIGCONT");
  assertEquals(await named(cluster, "up"), ["broker-a"]);

  await broker.stop();
  await until(topic, kind("removed"));
  assertEquals(await named(cluster, "brokersRemoved"), ["broker-a"]);
  await using _again = await startBroker({ ...options, nameServers: [first.address], port: broker.port });
  await until(topic, kind("snapshot"));
  assertEquals(await named(cluster, "brokersAdded"), ["broker-a"]);
}, tier);
