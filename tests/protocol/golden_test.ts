import { assert, assertEquals, assertThrows } from "@std/assert";
import { NameServerProtocolError } from "../../src/errors.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { encodeCommand, type Serialization } from "../../src/protocol/encode_command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";
import { type GoldenHeader, type GoldenRow, goldenRows } from "../golden/golden_rows.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { decodeOnly, goldenAnswers } from "./golden_exchange.ts";
import { rounded } from "./rounded.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

test("golden.jsonl is there, whole", () => {
  assertEquals(goldenRows.length, 808);
  assertEquals(goldenAnswers.length, 733);
  assertEquals(new Set(goldenRows.map((row) => row.name)).size, 808);
});

test("decodeCommand() reads the header and body of every recorded answer", () => {
  let checked = 0;
  for (const { name, responseHex, responseHeader, bodyText = "" } of goldenRows) {
    if (!responseHex || !responseHeader) continue;
    const command = decodeOnly(fromHex(responseHex));
    assertEquals(headerOf(command), expectedHeader(responseHeader), name);
    assertEquals(utf8.decode(command.body), bodyText, name);
    checked++;
  }
  assertEquals(checked, 724);
});

test("decodeCommand() reads the answers to pipelined requests, in whatever order they came", () => {
  const rows = goldenRows.filter((row) => row.responsesHex !== undefined) as (GoldenRow & { opaques: number[] })[];
  assertEquals(rows.length, 3);
  for (const { name, responsesHex, opaques } of rows) {
    assertEquals(responsesHex!.map((hex) => decodeOnly(fromHex(hex)).opaque), opaques, name);
  }
});

/** Requests that the decoder refuses as servers do, and those that only servers put up with. */
const REFUSED_REQUESTS: Readonly<Record<string, string>> = {
  "hdr.bigopaque": "opaque outside int32",
  "hdr.unquoted": "fastjson, not JSON",
  "hdr.single": "fastjson, not JSON",
  "hdr.trailing": "fastjson, not JSON",
  "hdr.comment": "fastjson, not JSON",
  "hdr.bom": "fastjson, not JSON",
  "hdr.extarr": "extFields is no object",
  "hdr.broken": "header is cut",
  "hdr.notobj": "header is an array",
  "hdr.null": "header is null",
  "hdr.empty": "header is empty",
  "frm.type2": "type byte",
  "frm.type255": "type byte",
  "frm.hdrlen": "header longer than the frame",
  "frm.len0": "length word",
  "frm.len3": "length word",
  "frm.neg": "length word",
  "frm.huge": "length word",
  "frm.http": "length word: HTTP",
  "haproxy.v1": "length word: PROXY protocol",
  "bin.short": "header is cut",
  "bin.extlen": "length inside the header",
  "bin.remarkneg": "length inside the header",
};

test("decodeCommand() reads every recorded request but those that are no RocketMQ or no JSON", () => {
  const refused = new Set<string>();
  let frames = 0;
  for (const row of goldenRows.filter((one) => one.requestHex !== null)) {
    const title = row.name.replace(/^[^/]*\//, "");
    if (title in REFUSED_REQUESTS) {
      assertThrows(() => decodeAll(row.requestHex!), NameServerProtocolError, "", row.name);
      refused.add(title);
    } else {
      const commands = decodeAll(row.requestHex!);
      checkRequest(row, commands);
      frames += commands.length;
    }
  }
  assertEquals([...refused].sort(), Object.keys(REFUSED_REQUESTS).sort());
  assertEquals(frames, 735 + 3 * 3);
});

function checkRequest(row: GoldenRow, commands: readonly RemotingCommand[]): void {
  const [command] = commands;
  assertEquals(commands.length, row.kind === "pipeline" ? 3 : 1, row.name);
  if (row.requestCode !== null) assertEquals(command!.code, row.requestCode, row.name);
  if (row.requestHeader !== undefined) assertEquals(headerOf(command!), expectedHeader(row.requestHeader), row.name);
  if (row.requestBodyText !== undefined) assertEquals(utf8.decode(command!.body), row.requestBodyText, row.name);
}

for (const serialization of ["json", "rocketmq"] as const) {
  test(`encodeCommand() in ${serialization} gives every recorded command back to decodeCommand()`, () => {
    let encoded = 0;
    for (const { name, command } of everyCommand()) {
      assertEquals(decodeOnly(encodeCommand(command, serialization)), reencoded(command, serialization), name);
      encoded++;
    }
    assertEquals(encoded, 733 + 744);
  });
}

function* everyCommand(): Generator<{ readonly name: string; readonly command: RemotingCommand }> {
  for (const { name, bytes } of goldenAnswers) yield { name, command: decodeOnly(bytes) };
  for (const { name, requestHex } of goldenRows) {
    if (requestHex === null || name.replace(/^[^/]*\//, "") in REFUSED_REQUESTS) continue;
    for (const command of decodeAll(requestHex)) yield { name, command };
  }
}

/** What is left of a command: a binary header has no place for a remark without words. */
function reencoded(command: RemotingCommand, serialization: Serialization): RemotingCommand {
  if (serialization === "json" || command.remark !== "") return command;
  const { remark: _, ...rest } = command;
  return rest;
}

test("parseLenientJson() reads every recorded body as JSON.parse reads it with its bare keys quoted", () => {
  const forms = { standard: 0, fastjson: 0 };
  for (const { name, bodyText, bodyStrictText = bodyText, bodyIsStandardJson, responseHex } of goldenRows) {
    if (bodyIsStandardJson === undefined) continue;
    const value = parseLenientJson(decodeOnly(fromHex(responseHex!)).body);
    assertEquals(rounded(value), JSON.parse(bodyStrictText!), name);
    assertEquals(bigints(value), bigIntegers(bodyStrictText!), name);
    forms[bodyIsStandardJson ? "standard" : "fastjson"]++;
  }
  assertEquals(forms, { standard: 196, fastjson: 163 });
});

test("parseLenientJson() sees integers beyond 2^53 in recorded bodies exactly", () => {
  const texts = goldenRows.flatMap((row) => bigIntegers(row.bodyStrictText ?? row.bodyText ?? ""));
  assert(texts.includes("9007199254740995"), "the rows should have such integers");
});

function decodeAll(hex: string): readonly RemotingCommand[] {
  const decoder = new FrameDecoder();
  const commands = decoder.push(fromHex(hex)).map((frame) => decodeCommand(frame));
  assertEquals(decoder.bufferedBytes, 0);
  return commands;
}

function headerOf({ code, language, version, opaque, flag, remark, extFields }: RemotingCommand): unknown {
  return { code, language, version, opaque, flag, remark, extFields };
}

function expectedHeader(header: GoldenHeader): unknown {
  const { code, version, opaque, flag, extFields = {} } = header;
  const language = header.language ?? (header.languageByte === 0 ? "JAVA" : "OTHER");
  return { code, language, version, opaque, flag, remark: header.remark, extFields };
}

function bigints(value: unknown): readonly string[] {
  if (typeof value === "bigint") return [`${value}`];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(bigints) : [];
}

/** Integers beyond ±(2^53 − 1) in a text of standard JSON without white space. */
function bigIntegers(json: string): readonly string[] {
  return (json.match(/(?<=[:[,])-?\d{16,}(?=[,}\]])/g) ?? []).filter((text) => !Number.isSafeInteger(Number(text)));
}
