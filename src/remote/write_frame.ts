import { NameServerProtocolError } from "../errors.ts";
import type { ByteWriter } from "../protocol/byte_writer.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { type Serialization, writeCommand } from "../protocol/encode_command.ts";

/** How frames are written. */
export interface FrameOptions {
  readonly serialization: Serialization;
  readonly maxFrameBytes: number;
}

/**
 * Appends a command as one frame. Where it throws, nothing was appended.
 *
 * @throws {RangeError} If it cannot be encoded.
 * @throws {NameServerProtocolError} If it is larger than servers accept.
 */
export function writeFrame(command: RemotingCommand, opaque: number, writer: ByteWriter, options: FrameOptions): void {
  const { serialization, maxFrameBytes } = options;
  const start = writer.length;
  writeCommand(command, serialization, writer, opaque);
  const size = writer.length - start;
  if (size <= maxFrameBytes) return;
  writer.truncate(start);
  throw new NameServerProtocolError(`Cannot send frame: its ${size} bytes exceed the limit of ${maxFrameBytes} bytes`, {
    code: "NAMESRV_FRAME_TOO_LARGE",
  });
}
