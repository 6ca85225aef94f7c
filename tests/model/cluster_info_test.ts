import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { type ClusterInfo, parseClusterInfo } from "../../src/model/cluster_info.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

interface ClusterCase {
  readonly brokers: Readonly<Record<string, { readonly cluster: string; readonly addrs: Readonly<Record<string, string>> }>>;
  readonly clusters: Readonly<Record<string, readonly string[]>>;
}

test("parseClusterInfo() reads clusters as the Java client and others do", () => {
  const cases = goldenCases<string, ClusterCase>("cluster-json");
  assertEquals(cases.length, 2);
  for (const { name, input, expected } of cases) {
    const { brokerAddrTable, clusterAddrTable } = parse(input);
    const brokers = Object.entries(brokerAddrTable).map(([key, { cluster, brokerName, brokerAddrs }]) => {
      assertEquals(brokerName, key, name);
      return [key, { cluster, addrs: brokerAddrs }];
    });
    assertEquals([Object.fromEntries(brokers), clusterAddrTable], [expected.brokers, expected.clusters], name);
  }
});

test("parseClusterInfo() takes absent and null tables for empty, and leaves null members out", () => {
  const empty = { brokerAddrTable: {}, clusterAddrTable: {} };
  for (const body of ["{}", `{"brokerAddrTable":null}`, `{"brokerAddrTable":{"a":null},"clusterAddrTable":{"c":null}}`]) {
    assertEquals(parse(body), empty, body);
  }
});

test("parseClusterInfo() reads what servers write once a broker was registered without a name or a cluster", () => {
  const good = `"good":{"brokerAddrs":{0:"g:1"},"brokerName":"good","cluster":"c","enableActingMaster":false}`;
  const expected = { cluster: "c", brokerName: "good", brokerAddrs: { "0": "g:1" }, enableActingMaster: false };
  // 5.x, and then 4.9.7: a name is missing, a cluster is missing
  for (
    const [tables, brokers] of [
      [`{${good}},"clusterAddrTable":{"c":[null,"good"]}`, { good: expected }],
      [`{null:{"brokerAddrs":{0:"b:1"},"cluster":"c"},${good}},"clusterAddrTable":{"c":[null,"good"]}`, { good: expected }],
      [
        `{${good},"bad":{"brokerAddrs":{0:"b:1"},"brokerName":"bad"}},"clusterAddrTable":{null:["bad"],"c":["good"]}`,
        { good: expected, bad: { ...expected, cluster: "", brokerName: "bad", brokerAddrs: { "0": "b:1" } } },
      ],
    ] as const
  ) assertEquals(parse(`{"brokerAddrTable":${tables}}`), { brokerAddrTable: brokers, clusterAddrTable: { c: ["good"] } });
});

test("parseClusterInfo() takes __proto__ for the name of a broker or a cluster", () => {
  const cluster = parse(
    `{"brokerAddrTable":{"__proto__":{"brokerName":"__proto__","cluster":"c"}},"clusterAddrTable":{"__proto__":["a"]}}`,
  );
  assertEquals([Object.keys(cluster.brokerAddrTable), Object.entries(cluster.clusterAddrTable)], [["__proto__"], [["__proto__", ["a"]]]]);
  assertStrictEquals(Object.getPrototypeOf(cluster.brokerAddrTable), null);
  assertStrictEquals(Object.getPrototypeOf(cluster.clusterAddrTable), null);
});

const WRONG: Readonly<Record<string, string>> = {
  "": "",
  "[]": "",
  '{"brokerAddrTable":[]}': "/brokerAddrTable",
  '{"brokerAddrTable":{"a/b":{"brokerAddrs":{0:1}}}}': "/brokerAddrTable/a~1b/brokerAddrs/0",
  '{"clusterAddrTable":{"c":"a"}}': "/clusterAddrTable/c",
};

for (const [body, path] of Object.entries(WRONG)) {
  test(`parseClusterInfo() refuses ${body || "an empty body"} at ${path || "its root"}`, () => {
    assertEquals(assertThrows(() => parse(body), NameServerDataParseError).path, path);
  });
}

function parse(body: string): ClusterInfo {
  return parseClusterInfo(encodeUtf8(body));
}
