import { assertEquals } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { cells, namesrv } from "./namesrv.ts";

async function listening(server: EmbeddedNameServer): Promise<string> {
  server.registerBroker(brokerA({ cluster: "c2", brokerName: "b", brokerAddr: "10.0.0.4:10911" }));
  server.registerBroker(brokerA({ brokerName: "a-10", brokerAddr: "10.0.0.3:10911" }));
  server.registerBroker(brokerA({ brokerName: "a-9" }));
  server.registerBroker(brokerA({ brokerName: "a-9", brokerId: 1, brokerAddr: "10.0.0.2:10911" }));
  return (await server.listen()).address;
}

test("namesrv cluster shows brokers by cluster, each with its addresses by id", async () => {
  await using server = new EmbeddedNameServer();
  const address = await listening(server);
  const { status, output, errors } = await namesrv("cluster", "-n", address);
  assertEquals([status, errors], [0, ""]);
  assertEquals(cells(output), [
    [`3 brokers in 2 clusters at ${address}`],
    [""],
    ["CLUSTER", "BROKER", "ROLE", "ADDRESS"],
    ["c", "a-9", "master", "10.0.0.1:10911"],
    ["c", "a-9", "slave 1", "10.0.0.2:10911"],
    ["c", "a-10", "master", "10.0.0.3:10911"],
    ["c2", "b", "master", "10.0.0.4:10911"],
  ]);
});

test("namesrv cluster --json prints the cluster info alone, in a stable order", async () => {
  await using server = new EmbeddedNameServer();
  const address = await listening(server);
  const { status, output } = await namesrv("--json", "cluster", "-n", address);
  const cluster = JSON.parse(output);
  assertEquals([status, Object.keys(cluster)], [0, ["brokerAddrTable", "clusterAddrTable"]]);
  assertEquals(cluster.clusterAddrTable, { c: ["a-9", "a-10"], c2: ["b"] });
  assertEquals(cluster.brokerAddrTable["a-9"].brokerAddrs, { "0": "10.0.0.1:10911", "1": "10.0.0.2:10911" });
});

test("namesrv cluster ends with 0 where no broker is registered, and says so", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  assertEquals(await namesrv("cluster", "-n", address), { status: 0, output: `No broker is registered at ${address}\n`, errors: "" });
});
