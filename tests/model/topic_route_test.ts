import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseTopicRoute, type TopicRouteData } from "../../src/model/topic_route.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { goldenCases } from "../golden/golden_cases.ts";
import { test } from "../harness.ts";

const EMPTY: TopicRouteData = { queueDatas: [], brokerDatas: [], filterServerTable: {} };
const QUEUES = { brokerName: "a", readQueueNums: 0, writeQueueNums: 0, perm: 0, topicSysFlag: 0 };

interface RouteCase {
  /** Name, cluster, addresses, zone, acting master. */
  readonly brokers: readonly (readonly [string, string, Readonly<Record<string, string>>, string | null, boolean])[];
  /** Broker, read, write, perm, flag. */
  readonly queues: readonly (readonly [string, number, number, number, number])[];
  readonly orderTopicConf: string | null;
  readonly hasMapping: boolean;
}

test("parseTopicRoute() reads routes as the Java client does", () => {
  const cases = goldenCases<string, RouteCase | { readonly error: string }>("route-json");
  assertEquals(cases.length, 10);
  for (const { name, input, expected } of cases) {
    if ("error" in expected) assertThrows(() => parse(input), NameServerDataParseError, "Cannot parse JSON", name);
    else assertEquals(summary(parse(input)), expected, name);
  }
});

function summary(route: TopicRouteData): RouteCase {
  return {
    brokers: route.brokerDatas.map((b) => [b.brokerName, b.cluster, b.brokerAddrs, b.zoneName ?? null, b.enableActingMaster] as const),
    queues: route.queueDatas.map((q) => [q.brokerName, q.readQueueNums, q.writeQueueNums, q.perm, q.topicSysFlag] as const),
    orderTopicConf: route.orderTopicConf ?? null,
    hasMapping: route.topicQueueMappingByBroker !== undefined,
  };
}

test("parseTopicRoute() reads brokers as other clients do, and refuses one of which only the name is told", () => {
  const cases = goldenCases<string, { readonly error?: string; readonly addrs?: Readonly<Record<string, string>> }>("broker-json");
  assertEquals(cases.length, 2);
  for (const { name, input, expected: { error, addrs: brokerAddrs, ...rest } } of cases) {
    const body = `{"brokerDatas":[${input}],"queueDatas":[]}`;
    if (error === undefined) assertEquals(parse(body).brokerDatas, [{ ...rest, brokerAddrs, enableActingMaster: false } as never], name);
    else assertEquals(assertThrows(() => parse(body), NameServerDataParseError).path, "/brokerDatas/0/cluster", name);
  }
});

test("parseTopicRoute() keeps a broker that was registered without a cluster", () => {
  const { brokerDatas } = parse(`{"brokerDatas":[{"brokerAddrs":{0:"x:1"},"brokerName":"a"}]}`);
  assertEquals(brokerDatas, [{ cluster: "", brokerName: "a", brokerAddrs: { "0": "x:1" }, enableActingMaster: false }]);
});

test("parseTopicRoute() leaves out brokers and queues without a name, and keeps the others", () => {
  const good = `{"brokerAddrs":{0:"x:1"},"brokerName":"a","cluster":"c"}`;
  for (const bad of ["null", "{}", `{"cluster":"c"}`, `{"brokerName":null,"cluster":"c"}`]) {
    const { brokerDatas, queueDatas } = parse(`{"brokerDatas":[${bad},${good},${bad}],"queueDatas":[${bad},{"brokerName":"a"},${bad}]}`);
    assertEquals([brokerDatas.map(({ brokerName }) => brokerName), queueDatas.map(({ brokerName }) => brokerName)], [["a"], ["a"]]);
    assertEquals(parse(`{"brokerDatas":[${bad}],"queueDatas":[${bad}]}`), EMPTY);
  }
});

test("parseTopicRoute() leaves out members under a key that is a bare null, and mappings that are null", () => {
  const { brokerDatas, filterServerTable } = parse(
    `{"brokerDatas":[{"brokerAddrs":{null:"x:1",0:"y:1",null:null},"brokerName":"a"}],"filterServerTable":{null:["f"],"y:1":["f",null]}}`,
  );
  assertEquals([brokerDatas[0]?.brokerAddrs, filterServerTable], [{ "0": "y:1" }, { "y:1": ["f"] }]);
  const { topicQueueMappingByBroker } = parse(`{"topicQueueMappingByBroker":{"a":null,null:{},"b":{"totalQueues":1}}}`);
  assertEquals(topicQueueMappingByBroker, { b: { bname: "", totalQueues: 1, epoch: 0, currIdMap: {} } });
});

test("parseTopicRoute() refuses a body that is not UTF-8", () => {
  for (const { name, input } of goldenCases<string, unknown>("broker-json-hex")) {
    const body = Uint8Array.from(input.match(/../g)!, (byte) => Number.parseInt(byte, 16));
    assertThrows(() => parseTopicRoute(body), NameServerDataParseError, "not UTF-8", name);
  }
});

test("parseTopicRoute() takes absent and null lists and tables for empty", () => {
  assertEquals(parse("{}"), EMPTY);
  const nothing = `{"brokerDatas":null,"filterServerTable":null,"queueDatas":null,"orderTopicConf":null,"topicQueueMappingByBroker":null}`;
  assertEquals(parse(nothing), EMPTY);
});

test("parseTopicRoute() takes brokerAddrs that are null or missing for a broker without addresses", () => {
  for (const addrs of [`"brokerAddrs":null,`, `"brokerAddrs":{},`, `"brokerAddrs":{0:null},`, ""]) {
    const [broker] = parse(`{"brokerDatas":[{${addrs}"brokerName":"a","cluster":"c"}]}`).brokerDatas;
    assertEquals(broker, { cluster: "c", brokerName: "a", brokerAddrs: {}, enableActingMaster: false });
    assertStrictEquals(Object.getPrototypeOf(broker!.brokerAddrs), null);
  }
});

test("parseTopicRoute() keeps broker ids exactly, quoted or bare, in records without a prototype", () => {
  const ids = ["-1", "0", "9007199254740993", "9223372036854775807", "-9223372036854775808"];
  for (const quote of ["", '"']) {
    const addrs = ids.map((id, i) => `${quote}${id}${quote}:"10.0.0.${i}:10911"`).join();
    const { brokerAddrs } = parse(`{"brokerDatas":[{"brokerAddrs":{${addrs}},"brokerName":"a","cluster":"c"}]}`).brokerDatas[0]!;
    assertEquals(brokerAddrs, Object.fromEntries(ids.map((id, i) => [id, `10.0.0.${i}:10911`])));
    assertStrictEquals(Object.getPrototypeOf(brokerAddrs), null);
  }
});

test("parseTopicRoute() takes __proto__ and constructor for data, at every level", () => {
  const route = parse(`{
    "__proto__": {"polluted": 1}, "constructor": 2,
    "brokerDatas": [{"__proto__": {"cluster": "evil"}, "brokerName": "a", "cluster": "c", "brokerAddrs": {"__proto__": "x", "constructor": "y"}}],
    "filterServerTable": {"__proto__": ["z"]},
    "topicQueueMappingByBroker": {"__proto__": {"bname": "a", "currIdMap": {"__proto__": 1}}}
  }`);
  const [broker] = route.brokerDatas;
  assertEquals([broker!.cluster, Object.entries(broker!.brokerAddrs)], ["c", [["__proto__", "x"], ["constructor", "y"]]]);
  assertEquals(Object.entries(route.filterServerTable), [["__proto__", ["z"]]]);
  const mappings = Object.entries(route.topicQueueMappingByBroker!).map(([name, { currIdMap }]) => [name, Object.entries(currIdMap)]);
  assertEquals(mappings, [["__proto__", [["__proto__", 1]]]]);
  assertStrictEquals(({} as { polluted?: unknown }).polluted, undefined);
  assertEquals(Object.keys(route).sort(), ["brokerDatas", "filterServerTable", "queueDatas", "topicQueueMappingByBroker"]);
});

test("parseTopicRoute() tells an empty orderTopicConf from an absent one", () => {
  assertEquals(parse(`{"orderTopicConf":""}`), { ...EMPTY, orderTopicConf: "" });
});

test("parseTopicRoute() reads topicSynFlag, the old misspelling of topicSysFlag", () => {
  assertEquals(parse(`{"queueDatas":[{"brokerName":"a","topicSynFlag":3}]}`).queueDatas, [{ ...QUEUES, topicSysFlag: 3 }]);
});

test("parseTopicRoute() leaves unknown fields out, whatever is in them", () => {
  const unknown = `"new":{0:[{"x":[null,true,1.5e3,"\\u0000"]}]},`;
  const body = `{${unknown}"queueDatas":[{${unknown}"brokerName":"a"}],"brokerDatas":[{${unknown}"brokerName":"a","cluster":"c"}]}`;
  assertEquals(parse(body), {
    ...EMPTY,
    queueDatas: [QUEUES],
    brokerDatas: [{ cluster: "c", brokerName: "a", brokerAddrs: {}, enableActingMaster: false }],
  });
});

test("parseTopicRoute() reads a static topic's mapping, its epoch as a number, a bigint, or text where standard JSON has it so", () => {
  for (const [literal, epoch] of [["7", 7], ["9007199254740995", 9007199254740995n], [`"9007199254740995"`, 9007199254740995n]] as const) {
    const info = `{"bname":"a","currIdMap":{0:3,"1":4},"dirty":false,"epoch":${literal},"scope":"__global__","topic":"t","totalQueues":8}`;
    assertEquals(parse(`{"topicQueueMappingByBroker":{"a":${info}}}`).topicQueueMappingByBroker, {
      a: { bname: "a", currIdMap: { "0": 3, "1": 4 }, dirty: false, epoch, scope: "__global__", topic: "t", totalQueues: 8 },
    });
  }
});

test("parseTopicRoute() reads keys in any order, and white space", () => {
  const body = ` {\n "queueDatas" : [ { "perm" : 6 , "brokerName" : "a" } ] , "brokerDatas" : [ { "cluster" : "c" , "brokerName" : "a" ,
    "brokerAddrs" : { 1 : "x:1" , 0 : "y:2" } } ]\t}\r\n`;
  assertEquals(parse(body), {
    ...EMPTY,
    queueDatas: [{ ...QUEUES, perm: 6 }],
    brokerDatas: [{ cluster: "c", brokerName: "a", brokerAddrs: { "0": "y:2", "1": "x:1" }, enableActingMaster: false }],
  });
});

/** Bodies that are wrong somewhere → where. */
const WRONG: Readonly<Record<string, string>> = {
  "": "",
  "null": "",
  "[]": "",
  '"x"': "",
  "{}{}": "",
  '{"brokerDatas":{}}': "/brokerDatas",
  '{"brokerDatas":[{"brokerName":7,"cluster":"c"}]}': "/brokerDatas/0/brokerName",
  '{"brokerDatas":[{"brokerAddrs":[],"brokerName":"a","cluster":"c"}]}': "/brokerDatas/0/brokerAddrs",
  '{"brokerDatas":[{"brokerAddrs":{0:"x",7:1}}]}': "/brokerDatas/0/brokerAddrs/7",
  '{"brokerDatas":[{"brokerAddrs":{"a/b~c":1}}]}': "/brokerDatas/0/brokerAddrs/a~1b~0c",
  '{"brokerDatas":[{"enableActingMaster":"true"}]}': "/brokerDatas/0/enableActingMaster",
  '{"queueDatas":[{"perm":"6"}]}': "/queueDatas/0/perm",
  '{"queueDatas":[{"brokerName":"a","perm":6.5}]}': "/queueDatas/0/perm",
  '{"queueDatas":[{"readQueueNums":2147483648}]}': "/queueDatas/0/readQueueNums",
  '{"filterServerTable":{"a":"b"}}': "/filterServerTable/a",
  '{"filterServerTable":{"a":["b",1]}}': "/filterServerTable/a/1",
  '{"orderTopicConf":1}': "/orderTopicConf",
  '{"topicQueueMappingByBroker":{"a":{"currIdMap":{3:"x"}}}}': "/topicQueueMappingByBroker/a/currIdMap/3",
  '{"topicQueueMappingByBroker":{"a":{"epoch":9223372036854775808}}}': "/topicQueueMappingByBroker/a/epoch",
  '{"brokerDatas":[{"brokerAddrs":{0:"10': "/brokerDatas/0/brokerAddrs/0",
  '{"unknown":[{"x":tru}]}': "/unknown/0/x",
};

for (const [body, path] of Object.entries(WRONG)) {
  test(`parseTopicRoute() refuses ${body || "an empty body"} at ${path || "its root"}`, () => {
    const error = assertThrows(() => parse(body), NameServerDataParseError);
    assertEquals([error.path, error.code], [path, "NAMESRV_MALFORMED_BODY"]);
  });
}

test("parseTopicRoute() refuses what is nested 100,000 deep, wherever it is, and keeps its stack", () => {
  for (const open of ["[", `{"a":`, "{0:"]) {
    const deep = open.repeat(100_000);
    for (const body of [deep, `{"unknown":${deep}`, `{"brokerDatas":[{"unknown":${deep}`, `{"queueDatas":[{"unknown":${deep}`]) {
      assertThrows(() => parse(body), NameServerDataParseError);
    }
  }
});

function parse(body: string): TopicRouteData {
  return parseTopicRoute(encodeUtf8(body));
}
