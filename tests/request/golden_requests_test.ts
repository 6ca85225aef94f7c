import { assertEquals } from "@std/assert";
import { decompressRegisterBrokerBody } from "../../src/model/compressed_broker_body.ts";
import { parseDataVersion } from "../../src/model/data_version.ts";
import { parseProperties } from "../../src/model/properties.ts";
import { parseRegisterBrokerBody } from "../../src/model/register_broker_body.ts";
import { parseTopicRoute } from "../../src/model/topic_route.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { crc32 } from "../../src/protocol/crc32.ts";
import { requests } from "../../src/request/mod.ts";
import type { NameServerApi } from "../../src/request/name_server_api.ts";
import type { RequestSpec } from "../../src/request/request_spec.ts";
import { test } from "../harness.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { onlyCommand } from "./only_command.ts";
import { bodyText } from "./answer.ts";

/** What a caller gives for a recorded request, `undefined` where no caller could ask for it: a field is missing, a value is refused. */
function paramsOf(request: RemotingCommand): { readonly params: unknown } | undefined {
  const ext = request.extFields;
  const broker = { cluster: ext["clusterName"], brokerName: ext["brokerName"] };
  const member = {
    ...broker,
    brokerAddr: ext["brokerAddr"],
    brokerId: /^\d+$/.test(ext["brokerId"] ?? "") ? BigInt(ext["brokerId"]!) : NaN,
  };
  switch (request.code) {
    case 105:
      return has(ext, "topic") && { params: ext["topic"] };
    case 205:
    case 327:
      return has(ext, "brokerName") && { params: ext["brokerName"] };
    case 224:
      return has(ext, "cluster") && { params: ext["cluster"] };
    case 219:
      return has(ext, "namespace") && { params: ext["namespace"] };
    case 100:
      return has(ext, "namespace", "key") && ext["value"] !== undefined ? { params: ext } : undefined;
    case 101:
    case 102:
      return has(ext, "namespace", "key") && { params: ext };
    case 901:
      return has(ext, "clusterName", "brokerName") && { params: broker };
    case 104:
      return has(ext, "brokerId") && { params: member };
    case 904:
      return { params: { ...member, brokerId: 0 } };
    case 322:
      return request.body.length > 0 ? { params: { ...member, version: parseDataVersion(request.body) } } : undefined;
    case 216:
      return has(ext, "topic") && { params: { topic: ext["topic"], ...(ext["clusterName"] && { cluster: ext["clusterName"] }) } };
    case 217:
      return has(ext, "topic") && { params: { topic: ext["topic"], queues: parseTopicRoute(request.body).queueDatas } };
    case 318:
      return propertiesOf(request);
    case 103:
      return has(ext, "brokerId") && request.body.length > 0 ? registrationOf(request, member) : undefined;
    default:
      return { params: undefined };
  }
}

function has(ext: Readonly<Record<string, string>>, ...names: readonly string[]): true | undefined {
  return names.every((name) => ext[name]) || undefined;
}

function propertiesOf(request: RemotingCommand): { readonly params: unknown } | undefined {
  const text = bodyText(request);
  return text === "" || /kvConfigPath|\\u00zz/.test(text) ? undefined : { params: parseProperties(text) };
}

function registrationOf(request: RemotingCommand, member: Record<string, unknown>): { readonly params: unknown } | undefined {
  const { haServerAddr, compressed, heartbeatTimeoutMillis, enableActingMaster, __ZONE_NAME } = request.extFields;
  const body = registrationBody(request);
  if (body === undefined || Number.isNaN(member["brokerId"])) return undefined;
  return {
    params: {
      ...member,
      ...body,
      ...(haServerAddr && { haServerAddr }),
      ...(compressed && { compressed: compressed === "true" }),
      ...(heartbeatTimeoutMillis && { heartbeatTimeoutMs: Number(heartbeatTimeoutMillis) }),
      ...(enableActingMaster && { enableActingMaster: enableActingMaster === "true" }),
      ...(__ZONE_NAME && { zoneName: __ZONE_NAME }),
    },
  };
}

/** What a body of 103 says; `undefined` where it is broken on purpose, or of versions before 3.0.11. */
function registrationBody(request: RemotingCommand): unknown {
  if (request.version < 37 && request.version !== 0) return undefined;
  try {
    return request.extFields["compressed"] === "true" ? compressedBody(request) : parseRegisterBrokerBody(request.body);
  } catch {
    return undefined;
  }
}

/** Java 5.x writes attributes even where there are none. */
function compressedBody(request: RemotingCommand): unknown {
  const body = decompressRegisterBrokerBody(request.body, request.version >= 413);
  return { ...body, topics: Object.fromEntries(Object.entries(body.topics).map(([name, topic]) => [name, { attributes: {}, ...topic }])) };
}

/** What the remote adds, and what this client has no use for. */
const ADDED: ReadonlySet<string> = new Set(["AccessKey", "Signature", "__ZONE_MODE", "acceptStandardJsonOnly", "foo"]);

function comparableFields(command: RemotingCommand): Record<string, string> {
  const fields = { ...command.extFields };
  for (const name of ADDED) delete fields[name];
  if (command.code === 105) delete fields["__ZONE_NAME"];
  if (command.code === 904) delete fields["brokerId"]; // left out in the recordings, which servers put up with
  if (command.code === 103) {
    fields["compressed"] ??= "false";
    delete fields["bodyCrc32"]; // of other bytes: compared below
  }
  return fields;
}

function meaning(command: RemotingCommand): unknown {
  switch (command.code) {
    case 103:
      return registrationBody(command);
    case 217:
      return parseTopicRoute(command.body).queueDatas;
    case 318:
      return parseProperties(bodyText(command));
    case 322:
      return parseDataVersion(command.body);
    default:
      return command.body.length;
  }
}

/** How many recordings each comparison covers: the others lack a field on purpose, or are broken. */
const COMPARED: Readonly<Record<keyof NameServerApi, number>> = {
  queryTopicRouteInfo: 175,
  getBrokerClusterInfo: 61,
  getBrokerMemberGroup: 13,
  queryBrokerDataVersion: 18,
  listTopics: 32,
  listTopicsByCluster: 13,
  listSystemTopics: 14,
  listUnitTopics: 8,
  listUnitSubscribedTopics: 8,
  listUnitSubscribedNonUnitTopics: 8,
  getKvConfig: 41,
  listKvConfig: 11,
  putKvConfig: 26,
  deleteKvConfig: 8,
  getNameServerConfig: 8,
  updateNameServerConfig: 20,
  registerBroker: 46,
  unregisterBroker: 11,
  sendBrokerHeartbeat: 6,
  registerTopic: 6,
  deleteTopic: 14,
  wipeWritePermission: 14,
  addWritePermission: 8,
};

const ROWS = goldenRows.filter((row) => row.kind !== "hdr-lenient" && row.kind !== "clustertest");

for (const spec of Object.values(requests) as RequestSpec<unknown, unknown>[]) {
  test(`requests.${spec.operation}.encode() writes what other clients of real servers wrote`, () => {
    let compared = 0;
    for (const row of ROWS.filter((row) => row.requestCode === spec.code)) {
      const recorded = onlyCommand(row.requestHex);
      const params = recorded && paramsOf(recorded);
      if (!params) continue;
      const request = spec.encode(params.params);
      assertEquals([request.code, comparableFields(request)], [recorded.code, comparableFields(recorded)], row.name);
      assertEquals(meaning(request), meaning(recorded), row.name);
      compared++;
    }
    assertEquals(compared, COMPARED[spec.operation as keyof NameServerApi]);
  });
}

test("requests.registerBroker.encode() counts the CRC as real brokers do", () => {
  const checked = ROWS.flatMap((row) => onlyCommand(row.requestHex) ?? []).filter((request) =>
    request.code === 103 && request.extFields["bodyCrc32"]
  );
  const wrong = checked.filter((request) => crcOf(request) !== request.extFields["bodyCrc32"]);
  assertEquals(checked.length > 20, true);
  assertEquals(wrong.map((request) => request.extFields["bodyCrc32"]), ["12345", "12345", "12345"]); // recorded for "crc32 not match"
});

function crcOf(request: RemotingCommand): string {
  return `${crc32(request.body) & 0x7fffffff}`;
}
