import { assertEquals, assertInstanceOf } from "@std/assert";
import { connect, NameServerConnectionError } from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { closedAddress } from "../client/closed_address.ts";
import { brokerA, topicConfig } from "../server/brokers.ts";
import { fault } from "./fault.ts";

fault(66, "compareNameServers() finds a broker and its topics that one server lacks, and asks each server once", async () => {
  await using first = new EmbeddedNameServer();
  await using second = new EmbeddedNameServer();
  first.registerBroker(brokerA());
  for (const server of [first, second]) {
    server.registerBroker(brokerA({ brokerName: "b", brokerAddr: "10.0.0.2:10911", topics: { bills: topicConfig("bills") } }));
  }
  const [x, y] = [(await first.listen()).address, (await second.listen()).address];
  await using client = await connect([x, y]);
  const { agree, failures, brokers, topics } = await client.compareNameServers();
  assertEquals([agree, failures.size], [false, 0]);
  assertEquals(brokers.map(({ brokerName, missingOn }) => ({ brokerName, missingOn })), [{ brokerName: "a", missingOn: [y] }]);
  assertEquals([...brokers[0]!.addrs].map(([server, addrs]) => [server, { ...addrs }]), [[x, { "0": "10.0.0.1:10911" }]]);
  assertEquals(topics, [{ topic: "orders", missingOn: [y] }]);
  assertEquals([first, second].map(({ received }) => received.map(({ code }) => code).sort()), [[106, 206], [106, 206]]);
});

fault(66, "compareNameServers() names a server that fails, and compares the others", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  const down = await closedAddress();
  await using client = await connect([address, down]);
  const { agree, failures, brokers, topics } = await client.compareNameServers();
  assertEquals([agree, brokers, topics, [...failures.keys()]], [true, [], [], [down]]);
  assertInstanceOf(failures.get(down), NameServerConnectionError);
});
