import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { NameServerDataParseError } from "../../src/errors.ts";
import { formatRegisterBrokerBody, parseRegisterBrokerBody } from "../../src/model/register_broker_body.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";
import { anyBody, topic } from "./brokers.ts";

const VERSION = { stateVersion: 0, timestamp: 1700000000123, counter: 3 };

test("formatRegisterBrokerBody() writes the names of the wire", () => {
  const text = formatRegisterBrokerBody({
    topics: { orders: topic("orders", { attributes: { "message.type": "FIFO" } }) },
    version: VERSION,
    filterServers: ["10.0.0.9:9000"],
    topicQueueMappings: { static: { bname: "b", totalQueues: 4, epoch: 9007199254740995n, currIdMap: { "0": 1 } } },
  });
  assertEquals(
    text,
    '{"filterServerList":["10.0.0.9:9000"],"topicConfigSerializeWrapper":{' +
      '"dataVersion":{"counter":3,"stateVersion":0,"timestamp":1700000000123},' +
      '"topicConfigTable":{"orders":{"attributes":{"message.type":"FIFO"},"order":false,"perm":6,"readQueueNums":16,' +
      '"topicFilterType":"SINGLE_TAG","topicName":"orders","topicSysFlag":0,"writeQueueNums":16}},' +
      '"topicQueueMappingInfoMap":{"static":{"bname":"b","currIdMap":{"0":1},"epoch":9007199254740995,"topic":"static","totalQueues":4}}}}',
  );
});

test("parseRegisterBrokerBody() reads back what formatRegisterBrokerBody() wrote", () => {
  fc.assert(fc.property(anyBody({ compressible: false }), (body) => {
    assertEquals(parseRegisterBrokerBody(encodeUtf8(formatRegisterBrokerBody(body))), body);
  }));
});

test("parseRegisterBrokerBody() takes what is absent as empty, and topics as Java makes them", () => {
  const nothing = { topics: {}, version: { stateVersion: 0, timestamp: 0, counter: 0 }, filterServers: [], topicQueueMappings: {} };
  for (const body of ["{}", '{"topicConfigSerializeWrapper":{}}', '{"topicConfigSerializeWrapper":null,"filterServerList":null}']) {
    assertEquals(parseRegisterBrokerBody(encodeUtf8(body)), nothing);
  }
  const body = '{"topicConfigSerializeWrapper":{"topicConfigTable":{"orders":{"topicName":"orders"},"gone":null}}}';
  assertEquals(parseRegisterBrokerBody(encodeUtf8(body)).topics, { orders: topic("orders") });
});

test("parseRegisterBrokerBody() says where a topic is none", () => {
  const table = "/topicConfigSerializeWrapper/topicConfigTable";
  const cases = [['{"a":{}}', "/a/topicName"], ['{"a":{"perm":"6"}}', "/a/perm"], ['{"a":{"topicFilterType":"X"}}', "/a/topicFilterType"]];
  for (const [topics, path] of cases) {
    const body = encodeUtf8(`{"topicConfigSerializeWrapper":{"topicConfigTable":${topics}}}`);
    assertEquals(assertThrows(() => parseRegisterBrokerBody(body), NameServerDataParseError).path, table + path);
  }
});

test("formatRegisterBrokerBody() names the field that is wrong", () => {
  const mapping = { bname: "b", totalQueues: 1, epoch: 0, currIdMap: {} };
  const cases: readonly (readonly [object, typeof TypeError | typeof RangeError, string])[] = [
    [{ topics: undefined }, TypeError, "topics must be an object"],
    [{ topics: { a: null } }, TypeError, 'topics["a"] must be an object, not null'],
    [{ topics: { a: topic("b") } }, TypeError, 'topics["a"] must be the topic of that name, not "b"'],
    [{ topics: { "": topic("") } }, TypeError, 'topics[""].topicName must not be empty'],
    [{ topics: { a: topic("a", { perm: 2 ** 31 }) } }, RangeError, 'topics["a"].perm'],
    [{ topics: { a: topic("a", { order: "false" as never }) } }, TypeError, 'topics["a"].order'],
    [{ topics: { a: topic("a", { topicFilterType: "BOTH" as never }) } }, TypeError, 'topics["a"].topicFilterType must be SINGLE_TAG or'],
    [{ topics: { a: topic("a", { attributes: { k: 5 as never } }) } }, TypeError, 'topics["a"].attributes["k"]'],
    [{ version: undefined }, TypeError, "version must be an object"],
    [{ filterServers: "10.0.0.9:9000" }, TypeError, "filterServers must be an array"],
    [{ filterServers: ["a", 5] }, TypeError, "filterServers[1]"],
    [{ topicQueueMappings: { a: { ...mapping, topic: "b" } } }, TypeError, 'topicQueueMappings["a"] must be the mapping of that topic'],
    [{ topicQueueMappings: { a: { ...mapping, bname: "" } } }, TypeError, 'topicQueueMappings["a"].bname'],
    [{ topicQueueMappings: { a: { ...mapping, epoch: 2 ** 53 } } }, RangeError, 'topicQueueMappings["a"].epoch'],
    [{ topicQueueMappings: { a: { ...mapping, currIdMap: { x: 1 } } } }, TypeError, 'currIdMap must have integers as keys, not "x"'],
    [{ topicQueueMappings: { a: { ...mapping, currIdMap: { 0: 0.5 } } } }, RangeError, "currIdMap[0]"],
  ];
  for (const [fields, ErrorClass, message] of cases) {
    assertThrows(() => formatRegisterBrokerBody({ topics: {}, version: VERSION, ...fields } as never), ErrorClass, message);
  }
});
