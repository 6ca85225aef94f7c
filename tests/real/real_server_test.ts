import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";
import { test } from "../harness.ts";
import { ask, isFree, type JavaServer, realTier, startNameServer, VERSIONS, withCluster } from "./start.ts";

const tier = realTier();
/** What the servers are started with is the same in all runtimes; that they can be started, stopped and frozen there is what has to be shown. */
const inDeno = { ...tier, runtimes: ["deno"] } as const;

for (const version of VERSIONS) {
  test(`withCluster() gives a NameServer and a broker that serve, and leaves nothing behind (RocketMQ ${version})`, async () => {
    const servers = await withCluster({ version }, async ({ nameServers, brokers }) => {
      const [nameServer, broker] = [nameServers[0]!, brokers[0]!];
      const cluster = await ask(nameServer.address, 106);
      const route = await ask(nameServer.address, 105, { topic: "TBW102" });
      assertEquals([cluster.code, route.code], [0, 0]);
      assertStringIncludes(cluster.body, `"clusterAddrTable":{"DefaultCluster":["broker-a"]}`);
      assertStringIncludes(route.body, `"brokerAddrs":{0:"${broker.address}"}`);
      return [nameServer, broker];
    });
    for (const server of servers) await assertGone(server);
  }, version === VERSIONS[0] ? tier : inDeno);
}

test("withCluster() starts a slave beside its master, and registers both at two NameServers", async () => {
  const options = { version: "4.9.7", nameServers: 2, brokers: [{ id: 0 }, { id: 1 }] } as const;
  await withCluster(options, async ({ nameServers, brokers }) => {
    for (const { address } of nameServers) {
      const { body } = await ask(address, 105, { topic: "TBW102" });
      assertStringIncludes(body, `{0:"${brokers[0]!.address}",1:"${brokers[1]!.address}"}`);
    }
  });
}, inDeno);

test("JavaServer.freeze() makes a server silent until thaw()", async () => {
  await using server = await startNameServer({ version: "4.9.7" });
  server.freeze();
  await assertRejects(() => ask(server.address, 106), Error, "silent");
  server.thaw();
  assertEquals((await ask(server.address, 106)).code, 0);
}, tier);

test("startNameServer() starts in the place of one that was stopped, configured as it is told", async () => {
  const first = await startNameServer({ version: "4.9.7" });
  await first.stop();
  await using second = await startNameServer({ version: "4.9.7", port: first.port, config: { productEnvName: "second" } });
  assertEquals(second.address, first.address);
  assertStringIncludes((await ask(second.address, 319)).body, "productEnvName=second");
}, inDeno);

test("ask() understands a server that answers with binary headers", async () => {
  await using server = await startNameServer({ version: "5.3.3", jvmOptions: ["-Drocketmq.serialize.type=ROCKETMQ"] });
  assertEquals((await ask(server.address, 105, { topic: "none" })).code, 17);
}, inDeno);

test("startNameServer() fails with the end of the log where the JVM ends instead", async () => {
  const error = await assertRejects(() => startNameServer({ version: "4.9.7", jvmOptions: ["-Xmx1"] }), Error, "ended with 1");
  assertStringIncludes(error.message, "Too small maximum heap");
}, tier);

test("startNameServer() refuses a port where somebody listens", async () => {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  await assertRejects(() => startNameServer({ version: "4.9.7", port }), Error, `port ${port} is taken`);
  const closed = once(listener, "close");
  listener.close();
  await closed;
});

async function assertGone(server: JavaServer): Promise<void> {
  assertThrows(() => process.kill(server.pid, 0), Error);
  assertEquals(await isFree(server.port), true);
}
