import { NameServerProtocolError } from "../errors.ts";
import type { ByteWriter } from "./byte_writer.ts";
import { type CommandDraft, fromPeer, NO_BODY, type RemotingCommand } from "./command.ts";
import { languageName, languageOrdinal } from "./language.ts";

// The binary header, all integers big-endian — remoting/protocol/RocketMQSerializable.java
//
//   i16 code │ u8 language │ i16 version │ i32 opaque │ i32 flag │ i32 remarkLength │ remark │ i32 extLength │ ext
//   ext: { i16 keyLength │ key │ i32 valueLength │ value }*
const FIXED_BYTES = 21;

/** Appends the header. @throws {RangeError} If a number or a key does not fit its field. */
export function writeRocketmqHeader(command: RemotingCommand, opaque: number, writer: ByteWriter): void {
  writer.i16(int16("code", command.code));
  writer.u8(languageOrdinal(command.language));
  writer.i16(int16("version", command.version));
  writer.i32(opaque);
  writer.i32(command.flag);
  writeText(writer, command.remark ?? "");
  const lengthAt = writer.length;
  writer.i32(0);
  for (const [key, value] of Object.entries(command.extFields)) writeField(writer, key, value);
  writer.setI32(lengthAt, writer.length - lengthAt - 4);
}

function writeField(writer: ByteWriter, key: string, value: string): void {
  const at = writer.length;
  writer.i16(0);
  const keyBytes = int16("key length", writer.utf8(key));
  const end = writer.length;
  writer.truncate(at);
  writer.i16(keyBytes);
  writer.truncate(end);
  writeText(writer, value);
}

function writeText(writer: ByteWriter, text: string): void {
  const lengthAt = writer.length;
  writer.i32(0);
  writer.setI32(lengthAt, writer.utf8(text));
}

function int16(name: string, value: number): number {
  if (value !== (value << 16) >> 16) throw new RangeError(`Cannot encode binary header: ${name} ${value} does not fit 16 bits`);
  return value;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads a binary header. A value of no bytes is `""` (Java reads it as null); surplus bytes behind the arguments are ignored.
 *
 * @param address The peer, for messages.
 * @throws {NameServerProtocolError} If a length points outside, or text is not UTF-8.
 */
export function readRocketmqHeader(header: Uint8Array, address: string | undefined): CommandDraft {
  const reader = new FieldReader(header, address);
  if (header.length < FIXED_BYTES) reader.fail(`${header.length} bytes are fewer than its ${FIXED_BYTES} fixed ones`);
  const code = reader.i16();
  const language = languageName(reader.u8());
  const version = reader.i16();
  const opaque = reader.i32();
  const flag = reader.i32();
  const remark = reader.text("remark", reader.i32());
  const extFields = readFields(reader);
  return { code, language, version, opaque, flag, ...(remark !== "" && { remark }), extFields, body: NO_BODY };
}

function readFields(reader: FieldReader): Record<string, string> {
  const fields: Record<string, string> = Object.create(null);
  const length = reader.i32();
  const end = reader.at + Math.max(0, length); // Java takes a negative length as none
  if (end > reader.end) reader.fail(`arguments of ${length} bytes exceed the header`);
  while (reader.at < end) {
    const key = reader.text("key", reader.i16());
    fields[key] = reader.text(`value of "${key}"`, reader.i32());
  }
  if (reader.at !== end) reader.fail("its last argument exceeds the length of all");
  return fields;
}

class FieldReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #address: string | undefined;
  at = 0;

  constructor(bytes: Uint8Array, address: string | undefined) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#address = address;
  }

  get end(): number {
    return this.#bytes.length;
  }

  u8(): number {
    return this.#view.getUint8(this.#take("a byte", 1));
  }

  i16(): number {
    return this.#view.getInt16(this.#take("a length", 2));
  }

  i32(): number {
    return this.#view.getInt32(this.#take("a length", 4));
  }

  text(name: string, length: number): string {
    const start = this.#take(name, length);
    if (length === 0) return "";
    try {
      return UTF8.decode(this.#bytes.subarray(start, start + length));
    } catch (cause) {
      this.fail(`${name} is not UTF-8`, cause);
    }
  }

  fail(reason: string, cause?: unknown): never {
    throw new NameServerProtocolError(`Cannot decode frame${fromPeer(this.#address)}: binary header: ${reason}`, {
      code: "NAMESRV_MALFORMED_FRAME",
      cause,
    });
  }

  #take(name: string, length: number): number {
    const start = this.at;
    if (length < 0 || length > this.end - start) this.fail(`${name} of ${length} bytes exceeds the header's ${this.end}`);
    this.at = start + length;
    return start;
  }
}
