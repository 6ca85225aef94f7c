import { NameServerError, NameServerProtocolError } from "../errors.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { type CommandDraft, fromPeer, NO_BODY, type RemotingCommand } from "./command.ts";
import { jsonFields } from "./json_fields.ts";
import { JsonReader } from "./json_reader.ts";
import { isLanguage } from "./language.ts";
import { readAny } from "./lenient_json.ts";
import { quoteJson } from "./quote_json.ts";

/** Appends the header as servers write it: keys in alphabetical order, absent fields left out. */
export function writeJsonHeader(command: RemotingCommand, opaque: number, writer: ByteWriter): void {
  const { code, flag, language, version, remark } = command;
  const fields = writeFields(command.extFields);
  const words = remark === undefined ? "" : `,"remark":${quoteJson(remark)}`;
  writer.utf8(
    `{"code":${code}${fields},"flag":${flag},"language":${quoteJson(language)},"opaque":${opaque}${words},` +
      `"serializeTypeCurrentRPC":"JSON","version":${version}}`,
  );
}

function writeFields(extFields: Readonly<Record<string, string>>): string {
  let members = "";
  for (const key of Object.keys(extFields)) {
    members += `${members === "" ? ',"extFields":{' : ","}${quoteJson(key)}:${quoteJson(extFields[key]!)}`;
  }
  return members === "" ? "" : `${members}}`;
}

const HEADER_FIELDS = jsonFields("code", "extFields", "flag", "language", "opaque", "remark", "serializeTypeCurrentRPC", "version");

/**
 * Reads a JSON header: strict JSON. Absent numbers are 0, an absent or unreadable language is `"OTHER"`, fields that nobody knows are ignored.
 *
 * @param address The peer, for messages.
 * @throws {NameServerProtocolError} If it is no such header.
 */
export function readJsonHeader(header: Uint8Array, address: string | undefined): CommandDraft {
  try {
    const reader = new JsonReader(header, { bareKeys: false });
    const command = readHeader(reader);
    reader.end();
    return command;
  } catch (cause) {
    const reason = cause instanceof NameServerError ? cause.message : String(cause);
    throw new NameServerProtocolError(`Cannot decode frame${fromPeer(address)}: its JSON header cannot be read (${reason})`, {
      code: "NAMESRV_MALFORMED_FRAME",
      cause,
    });
  }
}

function readHeader(reader: JsonReader): CommandDraft {
  let code = 0, flag = 0, opaque = 0, version = 0, language = "OTHER";
  let extFields: Record<string, string> = Object.create(null);
  let remark: string | undefined;
  for (let i = 0, key = reader.key(HEADER_FIELDS, i); key !== undefined; key = reader.key(HEADER_FIELDS, ++i)) {
    switch (key) {
      case "code":
        code = readInt(reader);
        break;
      case "extFields":
        extFields = reader.record(readText);
        break;
      case "flag":
        flag = readInt(reader);
        break;
      case "language":
        language = readLanguage(reader);
        break;
      case "opaque":
        opaque = readInt(reader);
        break;
      case "remark":
        remark = readText(reader);
        break;
      case "version":
        version = readInt(reader);
        break;
      default:
        readAny(reader);
    }
  }
  return { code, language, version, opaque, flag, ...(remark !== undefined && { remark }), extFields, body: NO_BODY };
}

/** Servers put up with numbers in quotes — fastjson TypeUtils.castToInt — and so does this. */
function readInt(reader: JsonReader): number {
  if (reader.text[reader.at] !== '"') return reader.int();
  const start = reader.at;
  const text = reader.string();
  const value = /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (value !== (value | 0)) reader.fail("an integer of 32 bits", start);
  return value | 0; // −0 is 0
}

function readLanguage(reader: JsonReader): string {
  const value = readAny(reader);
  return typeof value === "string" && isLanguage(value) ? value : "OTHER";
}

/** A value as text: strings as they are, `null` as absent, anything else as the header writes it. */
function readText(reader: JsonReader): string | undefined {
  const start = reader.at;
  const value = readAny(reader);
  if (typeof value === "string") return value;
  return value === null ? undefined : reader.text.substring(start, reader.at);
}
