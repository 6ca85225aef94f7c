import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { getBrokerMemberGroup, queryBrokerDataVersion, sendBrokerHeartbeat, unregisterBroker } from "../../src/request/broker.ts";
import { test } from "../harness.ts";
import { answer, bodyText } from "./answer.ts";

const BROKER = { cluster: "c", brokerName: "b", brokerAddr: "10.0.0.2:10911", brokerId: 0 };
const VERSION = { stateVersion: 0, timestamp: 1700000000123, counter: 3 };
const FIELDS = { clusterName: "c", brokerName: "b", brokerAddr: "10.0.0.2:10911", brokerId: "0" };

test("unregisterBroker.encode() writes ids exactly", () => {
  for (
    const [brokerId, text] of [[0, "0"], [-1, "-1"], [9007199254740993n, "9007199254740993"], [
      2n ** 63n - 1n,
      "9223372036854775807",
    ]] as const
  ) {
    assertEquals(unregisterBroker.encode({ ...BROKER, brokerId }).extFields, { ...FIELDS, brokerId: text });
  }
});

test("Requests that name a broker say which part of the name is wrong", () => {
  for (const spec of [unregisterBroker, sendBrokerHeartbeat, queryBrokerDataVersion]) {
    const encode = (fields: object) => () => spec.encode({ ...BROKER, version: VERSION, ...fields } as never);
    assertThrows(encode({ cluster: "" }), TypeError, "cluster must not be empty");
    assertThrows(encode({ brokerName: "" }), TypeError, "brokerName must not be empty");
    assertThrows(encode({ brokerAddr: "" }), TypeError, "brokerAddr must not be empty");
    assertThrows(encode({ brokerId: undefined }), TypeError, "brokerId must be a number or a bigint");
    assertThrows(encode({ brokerId: 2 ** 53 }), RangeError, "brokerId");
    assertThrows(encode({ brokerId: 2n ** 63n }), RangeError, "brokerId");
  }
});

test("getBrokerMemberGroup.decode() takes the remark of a success for nothing", () => {
  const body = '{"brokerMemberGroup":{"brokerAddrs":{0:"10.0.0.2:10911"},"brokerName":"b","cluster":"c"}}';
  const group = getBrokerMemberGroup.decode(answer({ remark: "not set any response code", body }), BROKER);
  assertEquals(group, { cluster: "c", brokerName: "b", brokerAddrs: { "0": "10.0.0.2:10911" } });
});

test("queryBrokerDataVersion.encode() sends the version that is compared", () => {
  const request = queryBrokerDataVersion.encode({ ...BROKER, version: { ...VERSION, counter: 9007199254740993n } });
  assertEquals(request.extFields, FIELDS);
  assertEquals(bodyText(request), '{"counter":9007199254740993,"stateVersion":0,"timestamp":1700000000123}');
});

test("queryBrokerDataVersion.decode() leaves the version out where the server knows no such broker", () => {
  const reply = queryBrokerDataVersion.decode(answer({ extFields: { changed: "true" } }), { ...BROKER, version: VERSION });
  assertEquals([reply, Object.keys(reply)], [{ changed: true }, ["changed"]]);
});

test("queryBrokerDataVersion.decode() refuses an answer that does not say whether it changed", () => {
  const params = { ...BROKER, version: VERSION };
  const error = assertThrows(() => queryBrokerDataVersion.decode(answer(), params), NameServerDataParseError);
  assertEquals(error.path, "/extFields/changed");
});

test("sendBrokerHeartbeat.encode() sends what is given, by the names of the wire", () => {
  const heartbeat = { ...BROKER, heartbeatTimeoutMs: 10_000, epoch: 1, maxOffset: 2, confirmOffset: 3, electionPriority: 4 };
  assertEquals(sendBrokerHeartbeat.encode(BROKER).extFields, FIELDS);
  assertEquals(sendBrokerHeartbeat.encode(heartbeat).extFields, {
    ...FIELDS,
    heartbeatTimeoutMills: "10000",
    epoch: "1",
    maxOffset: "2",
    confirmOffset: "3",
    electionPriority: "4",
  });
});

test("sendBrokerHeartbeat.encode() refuses numbers that do not fit", () => {
  const wrong = [{ heartbeatTimeoutMs: 0 }, { epoch: 2 ** 31 }, { maxOffset: 0.5 }, { confirmOffset: NaN }, { electionPriority: 0.5 }];
  for (const fields of wrong) assertThrows(() => sendBrokerHeartbeat.encode({ ...BROKER, ...fields }), RangeError, Object.keys(fields)[0]);
});
