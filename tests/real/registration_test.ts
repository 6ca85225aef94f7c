/**
 * What brokers say of clients that register. All three runtimes register with one broker of each release; what happens to brokers (killed,
 * moved, added), and what Java's tools say, is the client's own business in no runtime more than in another, and is shown in Deno.
 */

import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { connect, createClientId, NameServerResponseError, NameServerUnavailableError } from "../../mod.ts";
import { eventually } from "../conformance/eventually.ts";
import { test } from "../harness.ts";
import { mqAdmin } from "./mq_admin.ts";
import { RegisteredClients } from "./registered_clients.ts";
import { realTier, sharedCluster, startBroker, startNameServer, VERSIONS, withCluster } from "./start.ts";

const tier = realTier();
const shared = tier.skip === undefined
  ? new Map(await Promise.all(VERSIONS.map(async (each) => [each, await sharedCluster(each)] as const)))
  : undefined;
const SUBSCRIPTIONS = [{ topic: "TBW102", expression: "TagA || TagB" }];
/** Where brokers are killed, too: what the client does then is the same whatever it says to them. */
const DRILLED = "5.3.3";

for (const version of VERSIONS) {
  test(`registerProducer() and registerConsumer() make a ${version} broker list the client until it unregisters`, async () => {
    const { nameServer, broker } = shared!.get(version)!;
    await using client = await connect(nameServer);
    const listed = new RegisteredClients(client, broker);
    const [id, group] = [createClientId(), `group-${crypto.randomUUID()}`];
    const producer = await client.registerProducer(group, id);
    const consumer = await client.registerConsumer(group, id, { subscriptions: SUBSCRIPTIONS });
    assertEquals([producer.brokers, consumer.brokers], [[broker], [broker]]);
    assertEquals([await listed.producers(group), await listed.consumers(group)], [[id], [[id], [id]]]);
    assertEquals(await listed.subscription(group, "TBW102"), { subString: "TagA || TagB", codes: [2598919, 2598920] });
    await consumer.unregister();
    assertEquals([await listed.producers(group), await listed.consumers(group)], [[id], [[], []]]);
    await producer.unregister();
    assertEquals(await listed.producers(group), []);
  }, tier);
}

for (const version of ["5.3.3", "5.5.0"] as const) {
  const again = version === DRILLED ? ", and again after they were killed, moved or added" : "";
  test(`brokers of ${version} list a client on masters or everywhere${again}`, async () => {
    await withCluster({ version, brokers: [{ name: "a" }, { name: "b" }, { name: "a", id: 1 }] }, async (cluster) => {
      const [a, b, slave] = cluster.brokers.map(({ address }) => address) as [string, string, string];
      const nameServers = cluster.nameServers.map(({ address }) => address);
      await using client = await connect(nameServers);
      const at = (address: string) => new RegisteredClients(client, address);
      const producers = (...addresses: readonly string[]) => Promise.all(addresses.map((each) => at(each).producers("senders")));
      const consumers = (...addresses: readonly string[]) =>
        Promise.all(addresses.map(async (each) => (await at(each).consumers("readers"))[1]));
      const producer = await client.registerProducer("senders", "sender", { intervalMs: 1000 });
      const consumer = await client.registerConsumer("readers", "reader", { intervalMs: 1000, subscriptions: SUBSCRIPTIONS });
      assertEquals(await producers(a, b, slave), [["sender"], ["sender"], []]);
      assertEquals(await consumers(a, b, slave), [["reader"], ["reader"], ["reader"]]);
      assertEquals((await at(slave).subscription("readers", "TBW102"))?.subString, "TagA || TagB");

      const java = await Promise.all([
        mqAdmin(version, ["producerConnection", "-g", "senders", "-t", "TBW102", "-n", nameServers[0]!]),
        mqAdmin(version, ["consumerConnection", "-g", "readers", "-n", nameServers[0]!]),
      ]);
      assertStringIncludes(java[0], "sender");
      assertStringIncludes(java[1], "reader");
      assertStringIncludes(java[1], "TagA || TagB");

      if (version !== DRILLED) {
        await Promise.all([producer.unregister(), consumer.unregister()]);
        assertEquals([await producers(a, b), await consumers(a, b, slave)], [[[], []], [[], [], []]]);
        return;
      }

      const names = { version, nameServers, name: "b" };
      const kill = async (broker: { kill(signal: "SIGKILL"): void; readonly exited: Promise<void> }) => {
        broker.kill("SIGKILL");
        await broker.exited;
      };
      const everyone = (addresses: readonly string[]) =>
        eventually(() => producers(...addresses), (all) => all.every((ids) => ids.length === 1));

      await kill(cluster.brokers[1]!);
      const [restarted, added] = await Promise.all([
        startBroker({ ...names, port: cluster.brokers[1]!.port }),
        startBroker({ ...names, name: "c" }),
      ]);
      await using _restarted = restarted, _added = added;
      assertEquals(await everyone([a, b, added.address]), [["sender"], ["sender"], ["sender"]]);

      await kill(restarted);
      await using moved = await startBroker(names);
      assertEquals(await everyone([a, moved.address, added.address]), [["sender"], ["sender"], ["sender"]]);
      const expected = [a, moved.address, added.address].sort();
      assertEquals(
        await eventually(() => Promise.resolve([...producer.brokers].sort()), (list) => list.join() === expected.join()),
        expected,
      );

      await Promise.all([producer.unregister(), consumer.unregister()]);
      assertEquals(await producers(a, moved.address, added.address), [[], [], []]);
      assertEquals(await consumers(a, moved.address, added.address, slave), [[], [], [], []]);
    });
  }, { ...tier, runtimes: ["deno"] });
}

test("a broker of 5.3.3 that asks for signatures accepts the right key, and refuses others with its own words", async () => {
  const user = { username: "rocketmq", password: "12345678" };
  await using nameServer = await startNameServer({ version: "5.3.3" });
  const provider = "org.apache.rocketmq.auth.authentication.provider";
  await using broker = await startBroker({
    version: "5.3.3",
    nameServers: [nameServer.address],
    // 5.3.3 has authentication only; aclEnable and plain_acl.yml went with 5.3.0's rocketmq-acl
    config: {
      authenticationEnabled: true,
      authenticationProvider: `${provider}.DefaultAuthenticationProvider`,
      authenticationMetadataProvider: `${provider}.LocalAuthenticationMetadataProvider`,
      initAuthenticationUser: JSON.stringify(user),
      innerClientAuthenticationCredentials: JSON.stringify({ accessKey: user.username, secretKey: user.password }),
    },
  });
  const credentials = { accessKey: user.username, secretKey: user.password };
  await using client = await connect(nameServer.address, { credentials });
  await using registration = await client.registerProducer("g", "id");
  assertEquals(await new RegisteredClients(client, broker.address).producers("g"), ["id"]);
  assertEquals(registration.failures.size, 0);
  for (
    const options of [{ credentials: { ...credentials, secretKey: "wrong" } }, { credentials: { ...credentials, accessKey: "nobody" } }, {}]
  ) {
    await using other = await connect(nameServer.address, options);
    const error = await assertRejects(() => other.registerProducer("g", "other"), NameServerUnavailableError);
    const [refused] = error.errors;
    assertEquals([refused instanceof NameServerResponseError, refused?.address], [true, broker.address]);
    assertEquals((refused as NameServerResponseError).remark !== "", true);
    assertEquals(error.message.includes("12345678") || error.message.includes("wrong"), false);
  }
}, { ...tier, runtimes: ["deno"] });
