import { ByteWriter } from "../protocol/byte_writer.ts";
import type { Serialization } from "../protocol/encode_command.ts";
import { writeRocketmqHeader } from "../protocol/rocketmq_header.ts";
import { type Answer, javaUtf8 } from "./answer.ts";
import type { Emulation } from "./emulation.ts";
import { quoteWireText, writeWireJson } from "./wire_json.ts";

const FLAG_RESPONSE = 1;
const NO_BODY = new Uint8Array(0);

/** The answer as one frame. */
export function writeAnswer(answer: Answer, opaque: number, serialization: Serialization, emulation: Emulation): Uint8Array {
  const body = answer.body ?? NO_BODY;
  const writer = new ByteWriter(512 + body.length);
  writer.i32(0);
  writer.i32(0);
  if (serialization === "json") writer.utf8(javaUtf8(jsonHeader(answer, opaque, emulation)));
  else writeBinaryHeader(answer, opaque, emulation, writer);
  const headerLength = writer.length - 8;
  writer.bytes(body);
  writer.setI32(0, writer.length - 4);
  writer.setI32(4, headerLength | (serialization === "json" ? 0 : 1 << 24));
  return writer.view();
}

/** Keys in alphabetical order; `extFields` only where the answer has arguments, be they all null. */
function jsonHeader({ code = 0, remark, fields }: Answer, opaque: number, { json, versionOrdinal }: Emulation): string {
  const style = { json, form: "legacy" } as const;
  const extFields = fields === undefined ? "" : `,"extFields":${writeWireJson(fields, style)}`;
  const remarkField = remark === undefined ? "" : `,"remark":${quoteWireText(remark, style)}`;
  return `{"code":${code}${extFields},"flag":${FLAG_RESPONSE},"language":"JAVA","opaque":${opaque}${remarkField}` +
    `,"serializeTypeCurrentRPC":"JSON","version":${versionOrdinal}}`;
}

function writeBinaryHeader({ code = 0, remark, fields = {} }: Answer, opaque: number, emulation: Emulation, writer: ByteWriter): void {
  const extFields = Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => field[1] !== null));
  const header = { code, language: "JAVA", version: emulation.versionOrdinal, opaque, flag: FLAG_RESPONSE, extFields, body: NO_BODY };
  writeRocketmqHeader(remark === undefined ? header : { ...header, remark }, opaque, writer);
}
