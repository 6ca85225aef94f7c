import { assertEquals, assertThrows } from "@std/assert";
import { heartBeatCommand } from "../../src/request/heart_beat.ts";
import { unregisterClientCommand } from "../../src/request/unregister_client.ts";
import { test } from "../harness.ts";

test("heartBeatCommand() carries the groups in its body and nothing in its header", () => {
  const command = heartBeatCommand({ clientID: "id", producerDataSet: [{ groupName: "p" }], consumerDataSet: [] });
  assertEquals([command.code, command.extFields], [34, Object.create(null)]);
  assertEquals(JSON.parse(new TextDecoder().decode(command.body)), {
    clientID: "id",
    consumerDataSet: [],
    heartbeatFingerprint: 0,
    producerDataSet: [{ groupName: "p" }],
    withoutSub: false,
  });
});

test("unregisterClientCommand() names the client and only the groups that leave", () => {
  const command = unregisterClientCommand({ clientId: "id", producerGroup: "p" });
  assertEquals([command.code, command.extFields, command.body.length], [35, { clientID: "id", producerGroup: "p" }, 0]);
  assertEquals(unregisterClientCommand({ clientId: "id", consumerGroup: "c" }).extFields, { clientID: "id", consumerGroup: "c" });
  assertThrows(() => unregisterClientCommand({ clientId: "" }), TypeError, "clientId must not be empty");
});
