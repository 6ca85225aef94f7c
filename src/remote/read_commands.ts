import type { RemotingCommand } from "../protocol/command.ts";
import { decodeDraft } from "../protocol/decode_command.ts";
import { FrameDecoder } from "../protocol/frame.ts";
import type { Socket } from "../socket/socket.ts";
import { BodyCopies } from "./body_copies.ts";

/** Who hears what a peer sends. */
export interface CommandReader {
  /** The peer, `host:port`. */
  readonly address: string;
  /** Bytes came, whatever they are. */
  onBytes(): void;
  /** A command came, which is the reader's own. */
  onCommand(command: RemotingCommand): void;
  /** The stream ended: inside a frame of which so much came, `"n of m bytes"`, or between two. Told in the moment it is known. */
  onEnd(progress: string | undefined): void;
}

/**
 * Reads a socket until its end. Commands in front of a broken one are still given.
 *
 * @throws {NameServerProtocolError} If a frame can't be read. Whatever the socket throws.
 */
export async function readCommands(socket: Socket, reader: CommandReader, maxFrameBytes: number): Promise<void> {
  const { address } = reader;
  const decoder = new FrameDecoder({ maxFrameBytes, address });
  const bodies = new BodyCopies();
  for (let chunk = await socket.read(); chunk !== null; chunk = await socket.read()) {
    reader.onBytes();
    for (const frame of decoder.push(chunk)) {
      const command = decodeDraft(frame, address);
      command.body = bodies.copy(command.body);
      command.address = address;
      reader.onCommand(command);
    }
    if (decoder.failure !== undefined) throw decoder.failure;
  }
  reader.onEnd(decoder.bufferedBytes === 0 ? undefined : decoder.progress);
}
