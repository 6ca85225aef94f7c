import type { RemotingCommand } from "../protocol/command.ts";
import { decodeHeader, headerEnd } from "../protocol/decode_command.ts";
import { FrameCutter, type FrameTaker } from "../protocol/frame_cutter.ts";
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
  const cutter = new FrameCutter({ maxFrameBytes, address: reader.address });
  const taker = new CommandTaker(reader);
  for (let chunk = await socket.read(); chunk !== null; chunk = await socket.read()) {
    reader.onBytes();
    cutter.push(chunk, taker);
  }
  reader.onEnd(cutter.bufferedBytes === 0 ? undefined : cutter.progress);
}

/** Makes commands of frames: with a copy of the body, and without views of what is only looked at. */
class CommandTaker implements FrameTaker {
  readonly #reader: CommandReader;
  readonly #bodies = new BodyCopies();

  constructor(reader: CommandReader) {
    this.#reader = reader;
  }

  onFrame(bytes: Uint8Array, start: number, end: number): void {
    const { address } = this.#reader;
    const bodyAt = headerEnd(bytes, start, end, address);
    const command = decodeHeader(bytes, start, bodyAt, address);
    command.body = this.#bodies.copy(bytes, bodyAt, end);
    command.address = address;
    this.#reader.onCommand(command);
  }
}
