import { assertEquals } from "@std/assert";
import { NameServerClosedError } from "../../src/errors.ts";
import type { BrokerData } from "../../src/model/broker_data.ts";
import { compareServers, type ServerView } from "../../src/route/compare_servers.ts";
import { brokerData } from "../cli/routes.ts";
import { test } from "../harness.ts";

const A = brokerData("a", { brokerAddrs: { "0": "h:1", "1": "h:2" } });
const NO_FAILURES = new Map();

function view(brokers: readonly BrokerData[], topics: readonly string[] = []): ServerView {
  const brokerAddrTable = Object.fromEntries(brokers.map((broker) => [broker.brokerName, broker]));
  return { cluster: { brokerAddrTable, clusterAddrTable: {} }, topics };
}

test("compareServers() of servers that know the same agrees, whatever the order", () => {
  const other = brokerData("a", { brokerAddrs: { "1": "h:2", "0": "h:1" } });
  const views = new Map([["x", view([A], ["t", "u"])], ["y", view([other], ["u", "t"])]]);
  assertEquals(compareServers(views, NO_FAILURES), { agree: true, failures: new Map(), brokers: [], topics: [] });
});

test("compareServers() tells brokers and topics that a server lacks, and other addresses", () => {
  const moved = brokerData("a", { brokerAddrs: { "0": "h:9" } });
  const views = new Map([["x", view([A, brokerData("b")], ["t"])], ["y", view([moved], ["t", "u", "s"])]]);
  const { agree, brokers, topics } = compareServers(views, NO_FAILURES);
  assertEquals(agree, false);
  assertEquals(brokers, [
    { brokerName: "a", missingOn: [], addrs: new Map([["x", A.brokerAddrs], ["y", moved.brokerAddrs]]) },
    { brokerName: "b", missingOn: ["y"], addrs: new Map([["x", brokerData("b").brokerAddrs]]) },
  ]);
  assertEquals(topics, [{ topic: "s", missingOn: ["x"] }, { topic: "u", missingOn: ["x"] }]);
});

test("compareServers() leaves servers that failed out, and does not agree where none has answered", () => {
  const failures = new Map([["y", new NameServerClosedError("gone")]]);
  assertEquals(compareServers(new Map([["x", view([A], ["t"])]]), failures), { agree: true, failures, brokers: [], topics: [] });
  assertEquals(compareServers(new Map(), failures).agree, false);
});
