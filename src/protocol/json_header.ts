import { NameServerError, NameServerProtocolError } from "../errors.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { type CommandDraft, fromPeer, NO_BODY, type RemotingCommand } from "./command.ts";
import { jsonFields } from "./json_fields.ts";
import { JsonReader } from "./json_reader.ts";
import { isLanguage } from "./language.ts";
import { readAny } from "./lenient_json.ts";
import { encodeUtf8 } from "./utf8.ts";
import { writeJsonString } from "./write_json_string.ts";

// What stands between the values of a header, in alphabetical order of the keys, as servers write it.
const CODE = encodeUtf8('{"code":'), EXT_FIELDS = encodeUtf8(',"extFields":{'), FLAG = encodeUtf8(',"flag":');
const LANGUAGE = encodeUtf8(',"language":'), OPAQUE = encodeUtf8(',"opaque":'), REMARK = encodeUtf8(',"remark":');
const TYPE_AND_VERSION = encodeUtf8(',"serializeTypeCurrentRPC":"JSON","version":');
const COMMA = 0x2c, COLON = 0x3a, CLOSE_BRACE = 0x7d;

/** Appends the header as servers write it: keys in alphabetical order, absent fields left out. */
export function writeJsonHeader(command: RemotingCommand, opaque: number, writer: ByteWriter): void {
  writer.bytes(CODE);
  writer.decimal(command.code);
  writeFields(command.extFields, writer);
  writer.bytes(FLAG);
  writer.decimal(command.flag);
  writer.bytes(LANGUAGE);
  writeJsonString(command.language, writer);
  writer.bytes(OPAQUE);
  writer.decimal(opaque);
  if (command.remark !== undefined) {
    writer.bytes(REMARK);
    writeJsonString(command.remark, writer);
  }
  writer.bytes(TYPE_AND_VERSION);
  writer.decimal(command.version);
  writer.u8(CLOSE_BRACE);
}

function writeFields(extFields: Readonly<Record<string, string>>, writer: ByteWriter): void {
  const keys = Object.keys(extFields);
  if (keys.length === 0) return;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (i === 0) writer.bytes(EXT_FIELDS);
    else writer.u8(COMMA);
    writeJsonString(key, writer);
    writer.u8(COLON);
    writeJsonString(extFields[key]!, writer);
  }
  writer.u8(CLOSE_BRACE);
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
