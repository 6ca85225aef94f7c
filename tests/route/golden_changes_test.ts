import { assertEquals } from "@std/assert";
import { parseTopicRoute } from "../../src/model/topic_route.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { diffRoutes } from "../../src/route/diff_routes.ts";
import { sameRoute } from "../../src/route/same_route.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

interface Change {
  readonly old: string;
  readonly new: string;
}

const parse = (body: string) => parseTopicRoute(encodeUtf8(body));
const changes = goldenCases<Change, boolean>("route-changed");
const SAME_TO_JAVA_ONLY = ["route-changed-zone-ignored"];

test("sameRoute() sees a change where the Java client sees one", () => {
  assertEquals(changes.length, 5);
  for (const { name, input, expected } of changes.filter(({ name }) => !SAME_TO_JAVA_ONLY.includes(name))) {
    assertEquals(!sameRoute(parse(input.old), parse(input.new)), expected, name);
  }
});

test("sameRoute() minds a zone, which the Java client ignores", () => {
  for (const { name, input, expected } of changes.filter(({ name }) => SAME_TO_JAVA_ONLY.includes(name))) {
    assertEquals(expected, false, name);
    assertEquals(sameRoute(parse(input.old), parse(input.new)), false, name);
  }
});

test("sameRoute() finds a copy of a route the same, as the Java client does", () => {
  for (const { name, input: [a, b], expected } of goldenCases<readonly [string, string], boolean>("route-equality")) {
    assertEquals(sameRoute(parse(a), parse(b)), expected, name);
  }
});

test("diffRoutes() names the broker of each change that the Java client sees", () => {
  const diffs = changes.map(({ name, input }) => [name, diffRoutes(parse(input.old), parse(input.new))] as const);
  const nothing = { brokersAdded: [], brokersRemoved: [], addressesChanged: [], queuesChanged: [] };
  assertEquals(Object.fromEntries(diffs), {
    "route-changed-addr-changed": { ...nothing, addressesChanged: ["broker-a"] },
    "route-changed-order-conf-added": { ...nothing, queuesChanged: ["broker-a"] },
    "route-changed-perm-changed": { ...nothing, queuesChanged: ["broker-a"] },
    "route-changed-same": nothing,
    "route-changed-zone-ignored": nothing,
  });
});
