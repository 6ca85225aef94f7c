import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError, NameServerResponseError } from "../../src/errors.ts";
import type { BrokerRegistration } from "../../src/model/broker_registration.ts";
import { decompressRegisterBrokerBody } from "../../src/model/compressed_broker_body.ts";
import { parseRegisterBrokerBody } from "../../src/model/register_broker_body.ts";
import { crc32 } from "../../src/protocol/crc32.ts";
import { registerBroker } from "../../src/request/broker_registration.ts";
import { topic } from "../model/brokers.ts";
import { test } from "../harness.ts";
import { answer } from "./answer.ts";

const BROKER: BrokerRegistration = {
  cluster: "c",
  brokerName: "b",
  brokerAddr: "10.0.0.2:10911",
  brokerId: 0,
  topics: { orders: topic("orders"), payments: topic("payments") },
  version: { stateVersion: 0, timestamp: 1700000000123, counter: 3 },
};

test("registerBroker.encode() sends what is given, by the names of the wire", () => {
  const request = registerBroker.encode({
    ...BROKER,
    brokerId: 9007199254740993n,
    haServerAddr: "10.0.0.2:10912",
    heartbeatTimeoutMs: 10_000,
    enableActingMaster: false,
    zoneName: "zone-1",
  });
  assertEquals(request.extFields, {
    clusterName: "c",
    brokerName: "b",
    brokerAddr: "10.0.0.2:10911",
    brokerId: "9007199254740993",
    haServerAddr: "10.0.0.2:10912",
    compressed: "false",
    bodyCrc32: `${crc32(request.body) & 0x7fffffff}`,
    heartbeatTimeoutMillis: "10000",
    enableActingMaster: "false",
    __ZONE_NAME: "zone-1",
  });
  assertEquals(parseRegisterBrokerBody(request.body).topics, BROKER.topics);
});

test("registerBroker.encode() leaves out what is not given", () => {
  const { extFields } = registerBroker.encode(BROKER);
  assertEquals(Object.keys(extFields).sort(), ["bodyCrc32", "brokerAddr", "brokerId", "brokerName", "clusterName", "compressed"]);
});

test("registerBroker.encode() compresses the body and counts its CRC as it is sent", () => {
  const { extFields, body, version } = registerBroker.encode({ ...BROKER, compressed: true });
  assertEquals([extFields["compressed"], extFields["bodyCrc32"]], ["true", `${crc32(body) & 0x7fffffff}`]);
  assertEquals(decompressRegisterBrokerBody(body, version >= 413).topics, BROKER.topics);
});

test("registerBroker.encode() names the field that is wrong", () => {
  const cases = [
    [{ brokerName: "" }, TypeError, "brokerName must not be empty"],
    [{ haServerAddr: "" }, TypeError, "haServerAddr must not be empty"],
    [{ zoneName: "" }, TypeError, "zoneName must not be empty"],
    [{ heartbeatTimeoutMs: 0 }, RangeError, "heartbeatTimeoutMs must be 1 at least"],
    [{ enableActingMaster: "true" }, TypeError, "enableActingMaster must be true or false"],
    [{ compressed: "true" }, TypeError, "compressed must be true or false"],
    [{ topics: { "a b": topic("a b") }, compressed: true }, TypeError, '"a b" has a blank in its name'],
  ] as const;
  for (const [fields, ErrorClass, message] of cases) {
    assertThrows(() => registerBroker.encode({ ...BROKER, ...fields } as never), ErrorClass, message);
  }
});

test("registerBroker.decode() gives what the server tells", () => {
  assertEquals(Object.keys(registerBroker.decode(answer(), BROKER)), []);
  const extFields = { masterAddr: "10.0.0.3:10911", haServerAddr: "10.0.0.3:10912" };
  assertEquals(registerBroker.decode(answer({ extFields, body: '{"table":{"orders":"b:4"}}' }), BROKER), {
    ...extFields,
    kvTable: { orders: "b:4" },
  });
});

test("registerBroker.decode() refuses a body that is none", () => {
  assertThrows(() => registerBroker.decode(answer({ body: "{" }), BROKER), NameServerDataParseError);
});

test("registerBroker.decode() says that 5.x refuses a first registration with one topic, and only then", () => {
  const refused = answer({ code: 1, remark: "register broker failed" });
  const one = { ...BROKER, topics: { orders: topic("orders") } };
  const error = assertThrows(() => registerBroker.decode(refused, one), NameServerResponseError, "if it has exactly one topic");
  assertEquals([error.code, error.responseCode, error.retryable], ["NAMESRV_RESPONSE", 1, false]);
  const others = [[refused, BROKER], [answer({ code: 1, remark: "crc32 not match" }), one]] as const;
  for (const [response, params] of others) {
    const message = assertThrows(() => registerBroker.decode(response, params), NameServerResponseError).message;
    assertEquals(message.endsWith(`answer 1 (SYSTEM_ERROR), ${response.remark}`), true, message);
  }
});
