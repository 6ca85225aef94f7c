import { assertEquals } from "@std/assert";
import { parseClusterInfo } from "../../src/model/cluster_info.ts";
import { parseTopicRoute } from "../../src/model/topic_route.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";

type Json = Readonly<Record<string, unknown>>;

test("parseTopicRoute() reads every recorded route: all its fields, and those that old servers leave out", () => {
  let routes = 0;
  for (const { name, body, json } of recorded((row) => Array.isArray(row["brokerDatas"]))) {
    const expected = {
      filterServerTable: {},
      ...json,
      brokerDatas: (json["brokerDatas"] as Json[]).map(withActingMaster),
      ...("topicQueueMappingByBroker" in json && { topicQueueMappingByBroker: withEpochs(json["topicQueueMappingByBroker"] as Json) }),
    };
    assertEquals(withEpochsOf(parseTopicRoute(body)), expected, name);
    routes++;
  }
  assertEquals(routes, 137);
});

test("parseClusterInfo() reads every recorded cluster: all its fields, and those that old servers leave out", () => {
  let clusters = 0;
  for (const { name, body, json } of recorded((row) => "brokerAddrTable" in row)) {
    const brokers = Object.entries(json["brokerAddrTable"] as Readonly<Record<string, Json>>);
    const expected = { ...json, brokerAddrTable: Object.fromEntries(brokers.map(([key, broker]) => [key, withActingMaster(broker)])) };
    assertEquals(parseClusterInfo(body), expected as never, name);
    clusters++;
  }
  assertEquals(clusters, 104);
});

/** Recorded bodies of one kind, with what `JSON.parse` makes of them, their bare keys quoted. */
function* recorded(accepts: (json: Json) => boolean): Generator<{ readonly name: string; readonly body: Uint8Array; readonly json: Json }> {
  for (const { name, responseHex, bodyText, bodyStrictText = bodyText, bodyIsStandardJson } of goldenRows) {
    if (bodyIsStandardJson === undefined) continue;
    const json = JSON.parse(bodyStrictText!) as Json;
    if (accepts(json)) yield { name, json, body: decodeCommand(fromHex(responseHex!).subarray(4)).body };
  }
}

function withActingMaster(broker: Json): Json {
  return { enableActingMaster: false, ...broker };
}

/** Epochs are numbers, or text in standard JSON of 5.x: here all are text, rounded as `JSON.parse` rounds. */
function withEpochs(mappings: Json): Json {
  return Object.fromEntries(
    Object.entries(mappings as Readonly<Record<string, Json>>).map(([key, info]) => [key, { ...info, epoch: `${Number(info["epoch"])}` }]),
  );
}

function withEpochsOf(route: object): object {
  const mappings = (route as Json)["topicQueueMappingByBroker"];
  return mappings === undefined ? route : { ...route, topicQueueMappingByBroker: withEpochs(mappings as Json) };
}
