import { Unzlib, zlibSync } from "fflate/browser";
import { NameServerDataParseError } from "../errors.ts";
import { ByteWriter } from "../protocol/byte_writer.ts";
import { formatJson } from "../protocol/format_json.ts";
import { decodeUtf8 } from "../protocol/utf8.ts";
import { requireMappings, requireTopics } from "./broker_topics.ts";
import { formatDataVersion, parseDataVersion } from "./data_version.ts";
import { parseBody } from "./parse_body.ts";
import { type RegisterBrokerBody, requireFilterServers } from "./register_broker_body.ts";
import { formatTopicConfigLine, parseTopicConfigLine } from "./topic_config_line.ts";
import { readTopicQueueMappingInfo, type TopicQueueMappingInfo } from "./topic_queue_mapping_info.ts";

// What the zlib stream holds, integers big-endian — remoting/protocol/body/RegisterBrokerBody.java encode(), decode():
//
//   text: i32 length │ UTF-8
//
//   text DataVersion as JSON
//   i32 topics    │ { text topic as a line }*
//   text filter servers as JSON
//   i32 mappings  │ { text TopicQueueMappingInfo as JSON }*     5.x, requests of version ≥ 413; 4.x stops reading before it

/**
 * The body of REGISTER_BROKER (103) as a zlib stream.
 *
 * @throws {TypeError} If a field is of another type, a topic stands under another name than its own, or a name has a blank in it.
 * @throws {RangeError} If a number does not fit.
 */
export function compressRegisterBrokerBody(body: RegisterBrokerBody): Uint8Array {
  const writer = new ByteWriter();
  writeText(writer, formatDataVersion(body.version));
  writeTexts(writer, requireTopics(body.topics).map(formatTopicConfigLine));
  writeText(writer, formatJson(requireFilterServers(body.filterServers)));
  writeTexts(writer, requireMappings(body.topicQueueMappings).map(formatJson));
  return zlibSync(writer.view(), { level: 9 });
}

function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  writer.i32(texts.length);
  for (const text of texts) writeText(writer, text);
}

function writeText(writer: ByteWriter, text: string): void {
  const at = writer.length;
  writer.i32(0);
  writer.setI32(at, writer.utf8(text));
}

/**
 * Reads such a stream.
 *
 * @param withMappings Whether the mappings must follow, as 5.x servers expect of requests of version 413 and above.
 * @throws {NameServerDataParseError} If it is none.
 */
export function decompressRegisterBrokerBody(bytes: Uint8Array, withMappings: boolean): Required<RegisterBrokerBody> {
  const reader = new TextReader(inflate(bytes));
  const version = parseDataVersion(reader.text());
  const topics = byName(reader.texts().map((line) => parseTopicConfigLine(decodeUtf8(line))), (config) => config.topicName);
  const filterServers = parseBody(reader.text(), (json) => json.strings());
  const mappings = withMappings ? reader.texts().map(parseMapping) : [];
  return { version, topics, filterServers, topicQueueMappings: byName(mappings, (info) => info.topic ?? "") };
}

/**
 * Most that a stream may hold: as much as a frame without compression. Zeros shrink to a thousandth, so the stream's own length says
 * little.
 */
const MAX_INFLATED_BYTES = 16 * 1024 * 1024;
const STEP = 16 * 1024;

function inflate(bytes: Uint8Array): Uint8Array {
  const inflated = new ByteWriter();
  const inflater = new Unzlib((chunk) => {
    if (inflated.length + chunk.length > MAX_INFLATED_BYTES) fail(`it holds more than ${MAX_INFLATED_BYTES} bytes`);
    inflated.bytes(chunk);
  });
  try {
    for (let at = 0; at < bytes.length; at += STEP) inflater.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
  } catch (cause) {
    if (cause instanceof NameServerDataParseError) throw cause;
    fail(`its ${bytes.length} bytes are no zlib stream`, cause);
  }
  return inflated.view();
}

function parseMapping(json: Uint8Array): TopicQueueMappingInfo {
  return parseBody(json, readTopicQueueMappingInfo);
}

function byName<T>(values: readonly T[], name: (value: T) => string): Record<string, T> {
  const record: Record<string, T> = Object.create(null);
  for (const value of values) record[name(value)] = value;
  return record;
}

class TextReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  texts(): Uint8Array[] {
    const texts: Uint8Array[] = [];
    for (let left = this.#i32(); left > 0; left--) texts.push(this.text());
    return texts;
  }

  text(): Uint8Array {
    const length = this.#i32();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  #i32(): number {
    return this.#view.getInt32(this.#take(4));
  }

  #take(length: number): number {
    const start = this.#at;
    if (length < 0 || length > this.#bytes.length - start) {
      fail(`${length} bytes expected at ${start} of ${this.#bytes.length}`);
    }
    this.#at = start + length;
    return start;
  }
}

function fail(reason: string, cause?: unknown): never {
  throw new NameServerDataParseError(`Cannot parse compressed registration: ${reason}`, { path: "", cause });
}
