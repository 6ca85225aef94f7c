import { assertEquals } from "@std/assert";
import type { BrokerData } from "../../../src/model/broker_data.ts";
import type { HeartbeatData } from "../../../src/model/heartbeat_data.ts";
import { departures } from "../../../src/route/registration/departures.ts";
import { planHeartbeats } from "../../../src/route/registration/plan_heartbeats.ts";
import { consumerGroup, producerGroup } from "../../../src/route/registration/registered_group.ts";
import { test } from "../../harness.ts";

const A: BrokerData = { cluster: "c", brokerName: "a", brokerAddrs: { "0": "a:1", "1": "a:2" }, enableActingMaster: false };
const B: BrokerData = { cluster: "c", brokerName: "b", brokerAddrs: { "0": "b:1" }, enableActingMaster: false };
const MASTERLESS: BrokerData = { cluster: "c", brokerName: "m", brokerAddrs: { "1": "m:2" }, enableActingMaster: false };
const producer = (group: string, options = {}) => producerGroup({ group, clientId: "id" }, options);
const consumer = (group: string, subVersion = 1) => consumerGroup({ group, clientId: "id" }, {}, subVersion);

/** `{ "a:1": "p+c" }`: groups that each address is told. */
function told(plan: ReadonlyMap<string, HeartbeatData>): Readonly<Record<string, string>> {
  return Object.fromEntries([...plan].map(([address, { producerDataSet, consumerDataSet }]) => [
    address,
    [...producerDataSet, ...consumerDataSet].map(({ groupName }) => groupName).join("+"),
  ]));
}

test("planHeartbeats() sends a producer to masters only", () => {
  assertEquals(told(planHeartbeats("id", [{ group: producer("p"), brokers: [A, B, MASTERLESS] }])), { "a:1": "p", "b:1": "p" });
});

test("planHeartbeats() puts IPv6 addresses in brackets, which Java leaves out, and leaves others as they are", () => {
  const brokerAddrs = { "0": "::1:10911", "1": "[::2]:10911", "2": "fe80::1%eth0:10911", "3": "host:10911", "4": "nonsense" };
  const plan = planHeartbeats("id", [{ group: consumer("c"), brokers: [{ ...A, brokerAddrs }] }]);
  assertEquals([...plan.keys()], ["[::1]:10911", "[::2]:10911", "[fe80::1%eth0]:10911", "host:10911", "nonsense"]);
});

test("planHeartbeats() sends a consumer to every address", () => {
  assertEquals(told(planHeartbeats("id", [{ group: consumer("c"), brokers: [A, MASTERLESS] }])), { "a:1": "c", "a:2": "c", "m:2": "c" });
});

test("planHeartbeats() makes one heartbeat of a client's groups, and slaves hear of its producers once it has a consumer", () => {
  const plan = planHeartbeats("id", [{ group: producer("p"), brokers: [A] }, { group: consumer("c"), brokers: [A] }]);
  assertEquals(told(plan), { "a:1": "p+c", "a:2": "p+c" });
  assertEquals(plan.get("a:1")?.clientID, "id");
});

test("planHeartbeats() keeps groups of one client to the brokers that each is for", () => {
  const plan = planHeartbeats("id", [{ group: producer("p"), brokers: [A] }, { group: producer("q"), brokers: [A, B] }]);
  assertEquals(told(plan), { "a:1": "p+q", "b:1": "q" });
});

test("planHeartbeats() rewrites addresses by each group's own mapAddress", () => {
  const mapAddress = (address: string, broker: BrokerData) => `${broker.brokerName}.example:${address.split(":")[1]}`;
  const plan = planHeartbeats("id", [{ group: producer("p", { mapAddress }), brokers: [B] }, { group: producer("q"), brokers: [B] }]);
  assertEquals(told(plan), { "b.example:1": "p", "b:1": "q" });
});

test("planHeartbeats() names a group once that was registered twice, as it was registered last", () => {
  const plan = planHeartbeats("id", [{ group: consumer("c", 1), brokers: [B] }, { group: consumer("c", 2), brokers: [B] }]);
  assertEquals(told(plan), { "b:1": "c" });
  assertEquals(plan.get("b:1")?.consumerDataSet[0], consumer("c", 2).consumer);
});

test("departures() names what a broker was told and shall not know any more", () => {
  const brokers = [B];
  const plan = (...groups: readonly ReturnType<typeof producer>[]) =>
    planHeartbeats("id", groups.map((group) => ({ group, brokers }))).get("b:1")!;
  const before = plan(producer("p"), producer("same"), consumer("same"));
  assertEquals(departures(before, plan(producer("p"))), [{ clientId: "id", producerGroup: "same", consumerGroup: "same" }]);
  assertEquals(departures(before, plan(producer("p"), consumer("same"))), [{ clientId: "id", producerGroup: "same" }]);
  assertEquals(departures(before, before), []);
  assertEquals(departures(before).length, 2);
});
