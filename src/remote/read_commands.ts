import type { RemotingCommand } from "../protocol/command.ts";
import { decodeHeader, headerEnd } from "../protocol/decode_command.ts";
import { FrameCutter, type FrameTaker } from "../protocol/frame_cutter.ts";
import type { Socket } from "../socket/socket.ts";
import { BodyCopies } from "./body_copies.ts";

/** Who takes commands. */
export interface CommandTaker {
  /** The peer, `host:port`. */
  readonly address: string;
  /** A command came, which is the taker's own. */
  onCommand(command: RemotingCommand): void;
}

/** Who hears what a peer sends. */
export interface CommandReader extends CommandTaker {
  /** Bytes came, whatever they are. */
  onBytes(): void;
  /** The stream ended: inside a frame of which so much came, `"n of m bytes"`, or between two. Told in the moment it is known. */
  onEnd(progress: string | undefined): void;
}

/**
 * Reads a socket until its end. Commands in front of a broken one are still given.
 *
 * @throws {NameServerProtocolError} If a frame can't be read. Whatever the socket throws.
 */
export async function readCommands(socket: Socket, reader: CommandReader, maxFrameBytes: number): Promise<void> {
  const commands = new CommandStream(reader, maxFrameBytes);
  for (let chunk = await socket.read(); chunk !== null; chunk = await socket.read()) {
    reader.onBytes();
    commands.push(chunk);
  }
  reader.onEnd(commands.progress);
}

/** Makes commands of the bytes that a peer sends: with a copy of each body, and without views of what is only looked at. */
export class CommandStream implements FrameTaker {
  readonly #taker: CommandTaker;
  readonly #frames: FrameCutter;
  readonly #bodies = new BodyCopies();

  constructor(taker: CommandTaker, maxFrameBytes: number) {
    this.#taker = taker;
    this.#frames = new FrameCutter({ maxFrameBytes, address: taker.address });
  }

  /** What is known of a frame that is not complete yet, `"n of m bytes"`; `undefined` between two. */
  get progress(): string | undefined {
    return this.#frames.bufferedBytes === 0 ? undefined : this.#frames.progress;
  }

  /** Gives what a chunk completes. Commands in front of a broken one are still given. @throws {NameServerProtocolError} If a frame can't be read. */
  push(chunk: Uint8Array): void {
    this.#frames.push(chunk, this);
  }

  onFrame(bytes: Uint8Array, start: number, end: number): void {
    const { address } = this.#taker;
    const bodyAt = headerEnd(bytes, start, end, address);
    const command = decodeHeader(bytes, start, bodyAt, address);
    command.body = this.#bodies.copy(bytes, bodyAt, end);
    command.address = address;
    this.#taker.onCommand(command);
  }
}
