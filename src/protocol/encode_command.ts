import { ByteWriter } from "./byte_writer.ts";
import type { RemotingCommand } from "./command.ts";
import { writeJsonHeader } from "./json_header.ts";
import { writeRocketmqHeader } from "./rocketmq_header.ts";

/** How a header is written: JSON, or RocketMQ's binary form, which is smaller. Servers read both. */
export type Serialization = "json" | "rocketmq";

const MAX_HEADER_BYTES = 0xffffff;

/**
 * A command as one frame, its length word included.
 *
 * @returns Bytes that belong to the caller.
 * @throws {RangeError} If the header exceeds 16,777,215 bytes, or a number does not fit a binary header.
 * @example There and back
 * ```ts
 * import { createRequest, decodeCommand, encodeCommand } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const frame = encodeCommand(createRequest(105, { extFields: { topic: "orders" } }), "rocketmq");
 * assertEquals(decodeCommand(frame.subarray(4)).extFields["topic"], "orders");
 * ```
 */
export function encodeCommand(command: RemotingCommand, serialization: Serialization = "json"): Uint8Array {
  const writer = new ByteWriter(512 + command.body.length);
  writeCommand(command, serialization, writer);
  return writer.view();
}

/** Appends a command as one frame, with another opaque where one is given. Where it throws, nothing was appended. */
export function writeCommand(
  command: RemotingCommand,
  serialization: Serialization,
  writer: ByteWriter,
  opaque: number = command.opaque,
): void {
  const start = writer.length;
  try {
    writer.i32(0);
    writer.i32(0);
    if (serialization === "json") writeJsonHeader(command, opaque, writer);
    else writeRocketmqHeader(command, opaque, writer);
    const headerLength = writer.length - start - 8;
    if (headerLength > MAX_HEADER_BYTES) {
      throw new RangeError(`Cannot encode frame: header length ${headerLength} exceeds the limit of ${MAX_HEADER_BYTES} bytes`);
    }
    writer.bytes(command.body);
    writer.setI32(start, writer.length - start - 4);
    writer.setI32(start + 4, headerLength | (serialization === "json" ? 0 : 1 << 24));
  } catch (error) {
    writer.truncate(start);
    throw error;
  }
}
