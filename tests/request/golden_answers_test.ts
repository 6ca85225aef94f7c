import { assertEquals, assertThrows } from "@std/assert";
import { NameServerResponseError, TopicNotFoundError } from "../../src/errors.ts";
import { requests } from "../../src/request/mod.ts";
import type { RequestSpec } from "../../src/request/request_spec.ts";
import { test } from "../harness.ts";
import { type GoldenRow, goldenRows } from "../golden/golden_rows.ts";
import { onlyCommand } from "./only_command.ts";

type AnySpec = RequestSpec<unknown, unknown>;

const SPECS: ReadonlyMap<number, AnySpec> = new Map(Object.values(requests).map((spec) => [spec.code, spec as AnySpec]));

/** What the protocol says an answer means, worked out from the recording's own decoding of it. */
type Outcome = { readonly value: unknown } | { readonly error: string; readonly responseCode: number };

function expected(code: number, row: GoldenRow): Outcome {
  const { code: responseCode = 0 } = row.responseHeader ?? {};
  if (responseCode === 0) return { value: expectedValue(code, row) };
  if (responseCode === 22 && code === 101) return { value: undefined };
  if (responseCode === 22 && code === 219) return { value: {} };
  const special: Record<number, string> = { 2: "NAMESRV_SYSTEM_BUSY", 3: "NAMESRV_UNSUPPORTED_REQUEST" };
  const error = responseCode === 17 && code === 105 ? "NAMESRV_TOPIC_NOT_FOUND" : special[responseCode] ?? "NAMESRV_RESPONSE";
  return { error, responseCode };
}

function expectedValue(code: number, row: GoldenRow): unknown {
  const ext = row.responseHeader?.extFields ?? {};
  const body = code === 319 ? undefined : exactJson(row.bodyStrictText ?? row.bodyText);
  switch (code) {
    case 101:
      return ext["value"];
    case 103:
      return { ...ext, ...(body && { kvTable: body["table"] }) };
    case 105:
      return normalRoute(body!);
    case 106:
      return { ...body, brokerAddrTable: mapValues(body!["brokerAddrTable"] as Json, normalBroker) };
    case 205:
      return Number(ext["wipeTopicCount"]);
    case 327:
      return Number(ext["addTopicCount"]);
    case 206:
    case 224:
    case 311:
    case 312:
    case 313:
      return body!["topicList"];
    case 219:
      return body!["table"];
    case 304: {
      const { topicList: topics, ...rest } = body!;
      return { topics, ...rest };
    }
    case 319:
      return Object.fromEntries(row.bodyText!.trimEnd().split("\n").map((line) => line.split(/=(.*)/s).slice(0, 2)));
    case 322:
      return { changed: ext["changed"] === "true", ...(body && { version: { stateVersion: 0, ...body } }) };
    case 901:
      return body!["brokerMemberGroup"];
    default:
      return undefined;
  }
}

type Json = Record<string, unknown>;

/** JSON with integers past 2^53 as text. */
function exactJson(text: string | undefined): Json | undefined {
  return text ? JSON.parse(text.replace(/([:,[])(-?\d{16,})(?=[,}\]])/g, '$1"$2"')) : undefined;
}

function normalRoute(route: Json): Json {
  return { ...route, brokerDatas: (route["brokerDatas"] as Json[]).map(normalBroker) };
}

/** 4.x servers leave this out. */
function normalBroker(broker: Json): Json {
  return { enableActingMaster: false, ...broker };
}

function mapValues(record: Json, map: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value as Json)]));
}

/** Bigints as text, to compare with {@link exactJson}. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

const ANSWERED: readonly GoldenRow[] = goldenRows.filter((row) => row.responseHeader && SPECS.has(row.requestCode ?? -1));

for (const spec of SPECS.values()) {
  test(`requests.${spec.operation}.decode() reads every recorded answer as the protocol says`, () => {
    const rows = ANSWERED.filter((row) => row.requestCode === spec.code);
    assertEquals(rows.length > 0, true, "no recorded answer");
    for (const row of rows) check(spec, row);
  });
}

function check(spec: AnySpec, row: GoldenRow): void {
  const outcome = expected(spec.code, row);
  const topic = onlyCommand(row.requestHex)?.extFields["topic"] ?? "null";
  const decode = () => spec.decode(onlyCommand(row.responseHex)!, spec.code === 105 ? topic : { topics: {} });
  if ("value" in outcome) return assertEquals(plain(decode()), outcome.value, row.name);
  const error = assertThrows(decode, NameServerResponseError, "", row.name);
  assertEquals(
    [error.code, error.responseCode, error.remark],
    [outcome.error, outcome.responseCode, row.responseHeader?.remark ?? ""],
    row.name,
  );
  assertEquals(error instanceof TopicNotFoundError, outcome.error === "NAMESRV_TOPIC_NOT_FOUND", row.name);
}

test("requests.decode() is tried on all 674 recorded answers of a NameServer to its requests", () => {
  assertEquals(ANSWERED.length, 674);
});
