import { assertEquals, assertThrows } from "@std/assert";
import { NameServerDataParseError } from "../../src/errors.ts";
import { parseBrokerMemberGroup } from "../../src/model/broker_member_group.ts";
import { encodeUtf8 } from "../../src/protocol/utf8.ts";
import { test } from "../harness.ts";

test("parseBrokerMemberGroup() keeps ids exactly", () => {
  const body = '{"brokerMemberGroup":{"brokerAddrs":{0:"a:1",9223372036854775807:"a:2",-1:"a:3"},"brokerName":"b","cluster":"c"}}';
  assertEquals(parseBrokerMemberGroup(encodeUtf8(body)), {
    cluster: "c",
    brokerName: "b",
    brokerAddrs: { "0": "a:1", "9223372036854775807": "a:2", "-1": "a:3" },
  });
});

test("parseBrokerMemberGroup() takes a group without addresses", () => {
  for (const addresses of ["", '"brokerAddrs":null,', '"brokerAddrs":{},']) {
    const body = `{"brokerMemberGroup":{${addresses}"brokerName":"b","cluster":"c"}}`;
    assertEquals(parseBrokerMemberGroup(encodeUtf8(body)), { cluster: "c", brokerName: "b", brokerAddrs: {} });
  }
});

test("parseBrokerMemberGroup() says what is missing", () => {
  const cases = [
    ["{}", "/brokerMemberGroup"],
    ['{"brokerMemberGroup":null}', "/brokerMemberGroup"],
    ['{"brokerMemberGroup":{"cluster":"c"}}', "/brokerMemberGroup/brokerName"],
    ['{"brokerMemberGroup":{"brokerName":"b"}}', "/brokerMemberGroup/cluster"],
    ['{"brokerMemberGroup":{"brokerAddrs":{0:1}}}', "/brokerMemberGroup/brokerAddrs/0"],
  ] as const;
  for (const [body, path] of cases) {
    assertEquals(assertThrows(() => parseBrokerMemberGroup(encodeUtf8(body)), NameServerDataParseError).path, path);
  }
});
