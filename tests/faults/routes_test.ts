import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { NameServerConnectionError, NameServerUnavailableError, TopicNotFoundError } from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { Fleet } from "../client/fleet.ts";
import { fault } from "./fault.ts";

const MANY = 2 ** 31 - 1;

/** A route of one broker with so many queues. */
function routeOf(queues: number, orderTopicConf?: string) {
  return {
    ...(orderTopicConf !== undefined && { orderTopicConf }),
    queueDatas: [{ brokerName: "b", readQueueNums: queues, writeQueueNums: queues, perm: 6, topicSysFlag: 0 }],
    brokerDatas: [{ cluster: "c", brokerName: "b", brokerAddrs: { "0": "10.0.0.1:10911" }, enableActingMaster: false }],
    filterServerTable: {},
  };
}

/** What a client warned of so far, without its words. */
function warningsOf(fleet: Fleet): readonly unknown[] {
  return fleet.events.all.filter(({ type }) => type === "warning").map(({ about, topic, address }) => ({ about, topic, address }));
}

fault(9, "with all servers down a kept route is given until it is staleMs old, and counted as stale", async () => {
  await using fleet = await Fleet.start(2, { routes: { ttlMs: 0, staleMs: 300_000 } });
  const { routes } = fleet.client;
  const route = await routes.get("orders");
  for (const server of fleet.servers) await server[Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  for (let call = 1; call <= 3; call++) {
    assertEquals(await routes.get("orders"), route);
    assertEquals([routes.stats().staleAnswers, routes.entry("orders")?.state], [call, "stale"]);
  }
  await assertRejects(() => fleet.client.queryTopicRouteInfo("orders"), NameServerUnavailableError);
  await assertRejects(() => routes.get("bills"), NameServerUnavailableError, "in 2 attempts");
});

fault(9, "with all servers down a route past staleMs is given to nobody", async () => {
  await using fleet = await Fleet.start(1, { routes: { ttlMs: 0, staleMs: 0 } });
  await fleet.client.routes.get("orders");
  await fleet.servers[0]![Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  await assertRejects(() => fleet.client.routes.get("orders"), NameServerConnectionError);
});

fault(39, "segments of an order configuration that make no sense are skipped, and reported", async () => {
  await using fleet = await Fleet.start(1);
  fleet.servers[0]!.setTopicRoute("ordered", routeOf(8, "b:2;nonsense;b2:x;b3:1"));
  const queues = await fleet.client.routes.publishQueues("ordered");
  assertEquals(queues.map(({ brokerName, queueId }) => `${brokerName} ${queueId}`), ["b 0", "b 1", "b3 0"]);
  await fleet.event(0);
  assertEquals(warningsOf(fleet), [{ about: "order-conf", topic: "ordered", address: undefined }]);
  for (const segment of ["nonsense", "b2:x"]) assertStringIncludes(`${fleet.events.all.at(-1)!["message"]}`, segment);
});

fault(40, "more than 65,536 queues of a broker are refused before there is one of them", async () => {
  await using fleet = await Fleet.start(1);
  const { routes } = fleet.client;
  for (const [topic, route] of Object.entries({ many: routeOf(MANY), more: routeOf(65_537), ordered: routeOf(1, `b:${MANY}`) })) {
    fleet.servers[0]!.setTopicRoute(topic, route);
    await assertRejects(() => routes.publishQueues(topic), RangeError, "65536");
    if (topic !== "ordered") await assertRejects(() => routes.subscribeQueues(topic), RangeError, "65536");
  }
  fleet.servers[0]!.setTopicRoute("most", routeOf(65_536));
  assertEquals([(await routes.publishQueues("most")).length, (await routes.subscribeQueues("most")).length], [65_536, 65_536]);
  assertEquals((await fleet.client.queryTopicRouteInfo("many")).queueDatas[0]?.readQueueNums, MANY);
});

fault(67, "a kept route is asked of another server before one that came back empty is believed", async () => {
  await using fleet = await Fleet.start(2);
  const { routes } = fleet.client;
  const [first, second] = fleet.addresses as [string, string];
  const brokersOf = async () => (await routes.get("orders")).brokerDatas.map(({ brokerName }) => brokerName);
  assertEquals(await brokersOf(), ["b0"]);
  await fleet.servers[0]![Symbol.asyncDispose]();
  assertEquals((await fleet.event(0))["type"], "disconnected");
  await using empty = new EmbeddedNameServer();
  await empty.listen({ port: Number(first.split(":")[1]) });
  routes.invalidate("orders");
  assertEquals(await brokersOf(), ["b1"]);
  const denial = await assertRejects(() => fleet.client.queryTopicRouteInfo("orders", { address: first }), TopicNotFoundError);
  assertEquals(denial.address, first);
  while (warningsOf(fleet).length === 0) await fleet.event(fleet.events.all.length);
  assertEquals(warningsOf(fleet), [{ about: "suspect-route", topic: "orders", address: first }]);
  const message = fleet.events.all.find(({ type }) => type === "warning")!["message"];
  for (const words of [first, second, "orders"]) assertStringIncludes(`${message}`, words);
});

fault(67, "queryTopicRouteInfo() asks one server, and reports what it says", async () => {
  await using fleet = await Fleet.start(2);
  fleet.servers[1]!.setTopicRoute("only at the second", routeOf(1));
  await assertRejects(() => fleet.client.queryTopicRouteInfo("only at the second"), TopicNotFoundError);
  assertEquals(fleet.servers.map((server) => server.received.length), [1, 0]);
});

fault(76, "a store that throws is reported, and no call fails of it", async () => {
  const failing = {
    getItem: () => {
      throw new Error("no disk");
    },
    setItem: () => Promise.reject(new Error("disk full")),
  };
  await using fleet = await Fleet.start(1, { routes: { store: failing } });
  assertEquals((await fleet.client.routes.get("orders")).queueDatas.length, 1);
  await fleet.event(0);
  const warnings = warningsOf(fleet) as readonly { readonly about: string }[];
  assert(warnings.length > 0 && warnings.every(({ about }) => about === "store"), JSON.stringify(warnings));
  assertEquals((await fleet.client.routes.get("bills")).queueDatas.length, 1);
});
