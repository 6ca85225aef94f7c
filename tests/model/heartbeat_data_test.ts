import { assertEquals, assertThrows } from "@std/assert";
import { formatHeartbeatData } from "../../src/model/heartbeat_data.ts";
import { subscriptionData } from "../../src/model/subscription_data.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { test } from "../harness.ts";
import { bodyText } from "../request/answer.ts";
import { onlyCommand } from "../request/only_command.ts";

test("formatHeartbeatData() writes what real clients wrote, byte for byte", () => {
  const rows = goldenRows.filter((row) => row.requestCode === 34 && row.kind === "real-bk");
  assertEquals(rows.length, 4);
  for (const row of rows) {
    const recorded = bodyText(onlyCommand(row.requestHex)!);
    const { clientID, producerDataSet, consumerDataSet } = JSON.parse(recorded);
    assertEquals(formatHeartbeatData({ clientID, producerDataSet, consumerDataSet }), recorded, row.name);
  }
});

test("subscriptionData() makes the subscriptions that real clients sent", () => {
  for (const row of goldenRows.filter((row) => row.requestCode === 34 && row.kind === "real-bk")) {
    for (const data of JSON.parse(bodyText(onlyCommand(row.requestHex)!)).consumerDataSet[0].subscriptionDataSet) {
      assertEquals(subscriptionData({ topic: data.topic, expression: data.subString }, data.subVersion), data, row.name);
    }
  }
});

test("formatHeartbeatData() refuses a client or a group without a name", () => {
  const heartbeat = { clientID: "c", producerDataSet: [], consumerDataSet: [] };
  assertThrows(() => formatHeartbeatData({ ...heartbeat, clientID: "" }), TypeError, "clientId must not be empty");
  assertThrows(() => formatHeartbeatData({ ...heartbeat, producerDataSet: [{ groupName: "" }] }), TypeError, "group must not be empty");
});
