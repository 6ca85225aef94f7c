import { assert, assertEquals, assertRejects } from "@std/assert";
import {
  NameServerClosedError,
  NameServerConnectionError,
  NameServerDataParseError,
  NameServerPartialWriteError,
  NameServerTimeoutError,
  NameServerUnavailableError,
  TopicNotFoundError,
} from "../../mod.ts";
import { requests } from "../../src/request/mod.ts";
import { test } from "../harness.ts";
import { CLIENTS, type EitherClient } from "./either_client.ts";
import { samples } from "./samples.ts";
import { ServerProcess } from "./server_process.ts";

const LIMIT = { timeoutMs: 60_000 };

/** Asks with each request in turn. */
async function askAll(client: EitherClient): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const [name, params] of Object.entries(samples)) {
    const method = (client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[name]!;
    answers[name] = params === undefined ? await method.call(client) : await method.call(client, params);
  }
  return answers;
}

for (const [kind, connect] of CLIENTS) {
  test(`${kind}: the route of a topic, and the clusters`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address);
    const route = await client.queryTopicRouteInfo("orders");
    assertEquals(route.brokerDatas.map(({ brokerName, brokerAddrs }) => [brokerName, { ...brokerAddrs }]), [["b0", {
      "0": "10.0.0.1:10911",
    }]]);
    const { clusterAddrTable } = await client.getBrokerClusterInfo();
    assertEquals({ ...clusterAddrTable }, { c: ["b0"] });
  }, LIMIT);

  test(`${kind}: every request is answered`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address);
    const answers = await askAll(client);
    assertEquals(Object.keys(answers).sort(), Object.keys(requests).sort());
    assertEquals(await servers.received(), Object.keys(samples).map((name) => requests[name as keyof typeof requests].code));
    assertEquals([answers["getKvConfig"], answers["listTopicsByCluster"]], ["v", ["orders", "bills"]]);
    assertEquals([...(answers["wipeWritePermission"] as Map<string, number>)], [[servers.address, 2]]);
  }, LIMIT);

  test(`${kind}: every request is answered in binary headers, signed and with a zone`, async () => {
    await using servers = await ServerProcess.start();
    const credentials = { accessKey: "key", secretKey: "secret" };
    await using client = await connect(servers.address, { serialization: "rocketmq", credentials, zone: "z" });
    assertEquals(Object.keys(await askAll(client)).sort(), Object.keys(requests).sort());
  }, LIMIT);

  test(`${kind}: what a server refuses is an error that says so`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address);
    const error = await assertRejects(() => client.queryTopicRouteInfo("none"), TopicNotFoundError);
    assertEquals([error.topic, error.address, error.operation], ["none", servers.address, "queryTopicRouteInfo"]);
    await servers.setFaults({ answer: { type: "body", text: '{"brokerDatas":7}' } });
    const parse = await assertRejects(() => client.queryTopicRouteInfo("orders"), NameServerDataParseError);
    assertEquals([parse.path, parse.address], ["/brokerDatas", servers.address]);
    await servers.setFaults({});
    assertEquals((await client.queryTopicRouteInfo("orders")).queueDatas.length, 1);
  }, LIMIT);

  test(`${kind}: misuse is refused before anything is sent`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address);
    await assertRejects(() => client.queryTopicRouteInfo(""), TypeError);
    await assertRejects(() => client.queryTopicRouteInfo("orders", { timeoutMs: 0 }), RangeError, "Cannot use timeoutMs 0");
    await assertRejects(() => client.queryTopicRouteInfo("orders", { address: "a,b" }), TypeError, "Cannot parse address");
    assertEquals(await servers.received(), []);
  }, LIMIT);

  test(`${kind}: the next server is asked where one is gone, silent or not ready, and kept`, async () => {
    await using servers = await ServerProcess.start(3);
    await using client = await connect(servers.addresses, { backoff: () => 60_000, timeoutMs: 30_000, retries: 5 });
    const who = async () => Object.keys((await client.getBrokerClusterInfo()).brokerAddrTable);
    assertEquals(await who(), ["b0"]);
    await servers.stop(0);
    assertEquals([await who(), await who()], [["b1"], ["b1"]]);
    await servers.setFaults({ answer: { type: "command", code: 1, remark: "name server not ready" } }, 1);
    assertEquals([await who(), await who()], [["b2"], ["b2"]]);
    await servers.setFaults({}, 1);
    await servers.setFaults({ resetAfterBytes: 10 }, 2);
    assertEquals(await who(), ["b1"]);
  }, LIMIT);

  test(`${kind}: a write goes to every server, and says which have accepted it`, async () => {
    await using servers = await ServerProcess.start(3);
    await using client = await connect(servers.addresses, { timeoutMs: 20_000 });
    const entry = { namespace: "n", key: "k", value: "v" };
    assertEquals([...(await client.putKvConfig(entry)).keys()], servers.addresses);
    await servers.stop(1);
    const error = await assertRejects(() => client.putKvConfig(entry), NameServerPartialWriteError);
    assertEquals(error.accepted, [servers.addresses[0], servers.addresses[2]]);
    assertEquals(error.errors.map(({ address }) => address), [servers.addresses[1]]);
    for (const server of [0, 2]) assertEquals(await servers.received(server), [100, 100]);
  }, LIMIT);

  test(`${kind}: the option address asks this server only`, async () => {
    await using servers = await ServerProcess.start(2);
    await using client = await connect(servers.address);
    const { brokerAddrTable } = await client.getBrokerClusterInfo({ address: servers.addresses[1]! });
    assertEquals(Object.keys(brokerAddrTable), ["b1"]);
    assertEquals([...(await client.putKvConfig({ namespace: "n", key: "k", value: "v" }, { address: servers.addresses[1]! })).keys()], [
      servers.addresses[1],
    ]);
  }, LIMIT);

  test(`${kind}: a call ends by its deadline, and the next one has no part in its answer`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address, { retries: 0 });
    await servers.setFaults({ delayMs: 300 });
    const error = await assertRejects(() => client.queryTopicRouteInfo("orders", { timeoutMs: 100 }), NameServerTimeoutError);
    assertEquals([error.timeoutMs, error.address, error.operation], [100, servers.address, "queryTopicRouteInfo"]);
    assertEquals(error.message, `Cannot query topic route info at "${servers.address}": no answer within 100 ms`);
    const { clusterAddrTable } = await client.getBrokerClusterInfo({ timeoutMs: 20_000 });
    assertEquals({ ...clusterAddrTable }, { c: ["b0"] });
  }, LIMIT);

  test(`${kind}: connections that the server closes while they are idle are not noticed`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address, { timeoutMs: 20_000 });
    for (let round = 0; round < 5; round++) {
      await servers.dropConnections();
      assertEquals((await client.listTopics()).length, 2);
    }
  }, LIMIT);

  test(`${kind}: an answer of many megabytes is whole, and so is a request`, async () => {
    await using servers = await ServerProcess.start();
    await using client = await connect(servers.address, { sharedBytes: 16_384, timeoutMs: 30_000 });
    const value = "äöü".repeat(500_000);
    await client.putKvConfig({ namespace: "n", key: "big", value });
    assert(await client.getKvConfig({ namespace: "n", key: "big" }) === value);
    assertEquals((await client.listTopics()).length, 2);
  }, LIMIT);

  test(`${kind}: nobody who accepts is one error a server`, async () => {
    await using servers = await ServerProcess.start(2);
    const { addresses } = servers;
    await servers.stop(0);
    await servers.stop(1);
    const error = await assertRejects(() => connect(addresses), NameServerUnavailableError);
    assertEquals(error.errors.map((one) => [one.code, one.address]), addresses.map((address) => ["NAMESRV_CONNECT", address]));
    const only = await assertRejects(() => connect(addresses[0]!), NameServerUnavailableError);
    assert(only.errors[0] instanceof NameServerConnectionError);
  }, LIMIT);

  test(`${kind}: a client that is closed says so`, async () => {
    await using servers = await ServerProcess.start();
    const client = await connect(servers.address);
    await client.close();
    await client.close();
    assertEquals(client.closed, true);
    await assertRejects(() => client.listTopics(), NameServerClosedError, "the client is closed");
  }, LIMIT);
}
