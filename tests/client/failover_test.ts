import { assertEquals, assertRejects } from "@std/assert";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { brokerA } from "../server/brokers.ts";
import { Fleet } from "./fleet.ts";

test("AsyncNameServerClient goes on with the next server where one dies, and stays there", async () => {
  await using fleet = await Fleet.start(3);
  assertEquals([await fleet.ask(), await fleet.ask()], [0, 0]);
  await fleet.servers[0]![Symbol.asyncDispose]();
  for (let call = 0; call < 5; call++) assertEquals(await fleet.ask(), 1);
  assertEquals(fleet.servers.map((server) => server.received.length), [2, 5, 0]);
});

test("AsyncNameServerClient's events tell of a failover, step by step", async () => {
  const fleet = await Fleet.start(2);
  const [first, second] = fleet.addresses as [string, string];
  assertEquals(await fleet.ask(), 0);
  fleet.servers[0]!.setFaults({ closeAfterBytes: 0 });
  assertEquals(await fleet.ask(), 1);
  await fleet[Symbol.asyncDispose]();
  assertEquals(fleet.events.all, [
    { type: "disconnected", address: first, error: "NAMESRV_CONNECTION_LOST" },
    { type: "failover", from: first, to: second, error: "NAMESRV_CONNECTION_LOST" },
    { type: "connecting", address: second, attempt: 1 },
    { type: "connected", address: second },
    { type: "disconnected", address: second },
  ]);
});

test("the option address asks this server only, and changes nothing for other calls", async () => {
  await using fleet = await Fleet.start(3);
  const [, second, third] = fleet.addresses as [string, string, string];
  assertEquals([await fleet.ask(), await fleet.ask({ address: third }), await fleet.ask()], [0, 2, 0]);
  await fleet.servers[1]![Symbol.asyncDispose]();
  await assertRejects(() => fleet.ask({ address: second }), Error, `Cannot connect to "${second}": `);
  assertEquals(await fleet.ask(), 0);
});

test("the option address reaches servers that are not in the list", async () => {
  await using fleet = await Fleet.start(1);
  await using broker = new EmbeddedNameServer();
  broker.registerBroker(brokerA({ brokerName: "b7" }));
  assertEquals([await fleet.ask({ address: (await broker.listen()).address }), fleet.client.addresses.length], [7, 1]);
});
