import { assertEquals, assertThrows } from "@std/assert";
import { requests } from "../../src/request/mod.ts";
import type { RequestSpec } from "../../src/request/request_spec.ts";
import { test } from "../harness.ts";

// Operation → code, target, idempotent
const TABLE: Readonly<Record<keyof typeof requests, readonly [number, "one" | "all", boolean]>> = {
  queryTopicRouteInfo: [105, "one", true],
  getBrokerClusterInfo: [106, "one", true],
  getBrokerMemberGroup: [901, "one", true],
  queryBrokerDataVersion: [322, "all", true],
  listTopics: [206, "one", true],
  listTopicsByCluster: [224, "one", true],
  listSystemTopics: [304, "one", true],
  listUnitTopics: [311, "one", true],
  listUnitSubscribedTopics: [312, "one", true],
  listUnitSubscribedNonUnitTopics: [313, "one", true],
  getKvConfig: [101, "one", true],
  listKvConfig: [219, "one", true],
  putKvConfig: [100, "all", false],
  deleteKvConfig: [102, "all", false],
  getNameServerConfig: [319, "all", true],
  updateNameServerConfig: [318, "all", false],
  registerBroker: [103, "all", false],
  unregisterBroker: [104, "all", false],
  sendBrokerHeartbeat: [904, "all", false],
  registerTopic: [217, "all", false],
  deleteTopic: [216, "all", false],
  wipeWritePermission: [205, "all", false],
  addWritePermission: [327, "all", false],
};

const WITHOUT_PARAMS: ReadonlySet<string> = new Set([
  "getBrokerClusterInfo",
  "listTopics",
  "listSystemTopics",
  "listUnitTopics",
  "listUnitSubscribedTopics",
  "listUnitSubscribedNonUnitTopics",
  "getNameServerConfig",
]);

test("requests names each request's code, whom it goes to and whether it may be repeated", () => {
  const table = Object.entries(requests).map(([name, spec]) => [name, [spec.code, spec.target, spec.idempotent]]);
  assertEquals(Object.fromEntries(table), TABLE);
});

test("requests names each request by its method, and says which take an argument", () => {
  for (const [name, spec] of Object.entries(requests)) {
    assertEquals([spec.operation, spec.hasParams], [name, !WITHOUT_PARAMS.has(name)]);
  }
});

test("requests refuse to go without what they are about, and say what it must be", () => {
  for (const spec of Object.values(requests) as RequestSpec<unknown, unknown>[]) {
    if (!spec.hasParams) continue;
    for (const nothing of [undefined, null, 5]) {
      const { message } = assertThrows(() => spec.encode(nothing), TypeError, undefined, spec.operation);
      assertEquals(/^Cannot send request: \w+ must be (?:a string|an object), not (?:undefined|null|number)$/.test(message), true, message);
    }
  }
});
