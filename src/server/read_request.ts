import { NO_FIELDS, type RemotingCommand } from "../protocol/command.ts";
import { isLanguage, languageName } from "../protocol/language.ts";
import { readRocketmqHeader } from "../protocol/rocketmq_header.ts";
import type { Emulation } from "./emulation.ts";
import { UnreadableError } from "./unreadable_error.ts";
import { type JavaBean, javaText } from "./java_bean.ts";
import { isNumber } from "./json_node.ts";
import { readJsonHeaderText } from "./read_json.ts";
import type { ServerRequest } from "./server_request.ts";

const HEADER_START = 4;
/** What stands in a binary header before its remark, and the lengths of remark and arguments. */
const BINARY_REMARK_AT = 13;

/**
 * Reads a frame, of which it keeps nothing.
 *
 * @param frame Without its length word.
 * @param ownOpaque The number that stands for a missing opaque.
 * @throws {Error} Where the real server closes the connection.
 */
export function readRequest(frame: Uint8Array, emulation: Emulation, ownOpaque: number): Omit<ServerRequest, "connection"> {
  const bytes = frame.slice();
  const headerLength = (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!;
  const end = HEADER_START + headerLength;
  if (bytes.length < HEADER_START || end > bytes.length) throw new UnreadableError("a header within the frame");
  const header = bytes.subarray(HEADER_START, end);
  switch (bytes[0]) {
    case 0:
      return readJson(header, bytes.subarray(end), emulation, ownOpaque);
    case 1:
      return readBinary(header, bytes, end);
    default:
      throw new UnreadableError("a type of header that there is");
  }
}

function readJson(header: Uint8Array, body: Uint8Array, emulation: Emulation, ownOpaque: number): Omit<ServerRequest, "connection"> {
  const bean = readJsonHeaderText(header, emulation);
  if (bean === null) throw new UnreadableError("an object");
  checkSerializeType(bean);
  const fields = readFields(bean, emulation);
  const remark = bean.text("remark");
  const command: RemotingCommand = {
    code: bean.int("code", 0),
    language: readLanguage(bean, emulation),
    version: bean.int("version", 0),
    opaque: bean.int("opaque", ownOpaque),
    flag: bean.int("flag", 0),
    ...(remark !== null && { remark }),
    extFields: fields ?? NO_FIELDS,
    body,
  };
  return { command, serialization: "json", fields };
}

function readFields(bean: JavaBean, { json }: Emulation): Readonly<Record<string, string>> | null {
  const members = bean.map("extFields");
  if (members === null) return null;
  const fields: Record<string, string> = Object.create(null);
  for (const [name, node] of members) {
    const text = javaText(node, json);
    if (text !== null) fields[name] = text;
  }
  return fields;
}

/** A name, known or not, or the ordinal of one that is. */
function readLanguage(bean: JavaBean, emulation: Emulation): string {
  const node = bean.node("language") ?? null;
  if (node === null || typeof node === "string") return isLanguage(node ?? "") ? node! : "OTHER";
  const ordinal = isNumber(node) ? Number(node.number) : NaN;
  const languages = emulation.isV5 ? 14 : 13; // 5.x knows NODE_JS, too
  if (Number.isInteger(ordinal) && ordinal >= 0 && ordinal < languages) return languageName(ordinal);
  throw new UnreadableError("a language");
}

/** Informational, as the frame has its own type byte: only an ordinal that does not exist is refused. */
function checkSerializeType(bean: JavaBean): void {
  const node = bean.node("serializeTypeCurrentRPC") ?? null;
  if (node === null || typeof node === "string" || (isNumber(node) && (node.number === "0" || node.number === "1"))) return;
  throw new UnreadableError("a type of header");
}

function readBinary(header: Uint8Array, frame: Uint8Array, end: number): Omit<ServerRequest, "connection"> {
  const command = readRocketmqHeader(header, undefined);
  // Java reads arguments without a value as null, and null ones are left out.
  const extFields = Object.fromEntries(Object.entries(command.extFields).filter(([, value]) => value !== ""));
  // What stands in the header behind its arguments is taken for the beginning of the body.
  const start = HEADER_START + binaryHeaderLength(header);
  const body = frame.subarray(start, start + frame.length - end);
  const fields = Object.assign(Object.create(null), extFields) as Record<string, string>;
  return { command: { ...command, extFields: fields, body }, serialization: "rocketmq", fields };
}

function binaryHeaderLength(header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const remarkEnd = BINARY_REMARK_AT + 4 + view.getInt32(BINARY_REMARK_AT);
  return remarkEnd + 4 + Math.max(0, view.getInt32(remarkEnd));
}
