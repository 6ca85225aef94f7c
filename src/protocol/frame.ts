import { NameServerProtocolError } from "../errors.ts";
import { fromPeer } from "./command.ts";
import { checkPeerProtocol } from "./peer_protocol.ts";

// A frame, all integers big-endian (apache/rocketmq NettyDecoder):
//
//   0        4          5         8                 8 + headerLength          4 + length
//   ┌────────┬──────────┬─────────┬─────────────────┬─────────────────────────┐
//   │ length │ type     │ header  │ header          │ body                    │
//   │ u32    │ u8       │ length  │                 │                         │
//   └────────┴──────────┴─────────┴─────────────────┴─────────────────────────┘
//     of all   0: JSON    u24
//     behind   1: binary

/** Servers refuse frames past this size, the length word included: `com.rocketmq.remoting.frameMaxLength`. */
export const DEFAULT_MAX_FRAME_BYTES = 16_777_216;

const LENGTH_BYTES = 4;
const MIN_LENGTH = 4; // the header word
const SMALLEST_BUFFER = 512;
const EMPTY: Uint8Array = new Uint8Array(0);

/** How a {@link FrameDecoder} reads. */
export interface FrameDecoderOptions {
  /** Largest frame accepted, its length word included. @default {16_777_216} */
  readonly maxFrameBytes?: number;
  /** The peer, for messages: `host:port`. */
  readonly address?: string;
}

/**
 * Cuts a stream of bytes into frames, wherever its chunks were cut. Frames that lie whole in a chunk are views of it; one that spans chunks
 * is put together in a buffer that grows with the bytes that came, not with the length that was announced.
 *
 * @example Join a frame that came in two pieces
 * ```ts
 * import { createRequest, decodeCommand, encodeCommand, FrameDecoder } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = encodeCommand(createRequest(106));
 * const decoder = new FrameDecoder();
 * assertEquals(decoder.push(bytes.subarray(0, 9)).length, 0);
 * const [frame] = decoder.push(bytes.subarray(9));
 * assertEquals(decodeCommand(frame!).code, 106);
 * ```
 */
export class FrameDecoder {
  readonly #maxLength: number;
  readonly #from: string;
  #buffer = EMPTY;
  #buffered = 0;
  #peerKnown = false;
  /** What is wrong with the stream behind the frames that were given last. */
  #failure: NameServerProtocolError | undefined;

  /** Makes a decoder for one stream. @throws {RangeError} If `maxFrameBytes` is no integer from 8 to 2,147,483,647. */
  constructor(options: FrameDecoderOptions = {}) {
    const maxFrameBytes = options.maxFrameBytes ?? DEFAULT_MAX_FRAME_BYTES;
    if (!Number.isInteger(maxFrameBytes) || maxFrameBytes < 8 || maxFrameBytes > 0x7fffffff) {
      throw new RangeError(`Cannot decode frames of at most ${maxFrameBytes} bytes: maxFrameBytes must be an integer from 8 to 2147483647`);
    }
    this.#maxLength = maxFrameBytes - LENGTH_BYTES;
    this.#from = fromPeer(options.address);
  }

  /** Bytes of a frame that is not complete yet; non-zero at the end of the stream means truncation. */
  get bufferedBytes(): number {
    return this.#buffered;
  }

  /** Why no more frames will come, where the last chunk was broken behind the frames it gave. */
  get failure(): NameServerProtocolError | undefined {
    return this.#failure;
  }

  /** What is known of the frame that is not complete yet: `"n of m bytes"`. */
  get progress(): string {
    const total = this.#buffered < LENGTH_BYTES ? "an unknown number of" : `${LENGTH_BYTES + readLength(this.#buffer, 0)}`;
    return `${this.#buffered} of ${total} bytes`;
  }

  /**
   * Frames completed by `chunk`, in order, without their length words, valid until the next `push` and as long as `chunk` is not changed.
   * Frames in front of a broken one are still given: then {@link failure} says what came behind them, and the next `push` throws it.
   *
   * @throws {NameServerProtocolError} If a length is 0–3, negative, or past the limit, or the stream starts with another protocol; before
   * anything is allocated. Discard the decoder then.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#failure !== undefined) throw this.#failure;
    const frames: Uint8Array[] = [];
    try {
      const start = this.#buffered === 0 ? 0 : this.#complete(chunk, frames);
      if (this.#buffered === 0) this.#cut(chunk, start, frames);
    } catch (error) {
      this.#failure = error as NameServerProtocolError;
      if (frames.length === 0) throw error;
    }
    return frames;
  }

  /** Adds to the unfinished frame what it lacks; gives the number of bytes taken. */
  #complete(chunk: Uint8Array, frames: Uint8Array[]): number {
    let taken = 0;
    for (;;) {
      const needed = this.#neededBytes();
      if (needed === this.#buffered) break;
      if (taken === chunk.length) return taken;
      const part = chunk.subarray(taken, taken + needed - this.#buffered);
      this.#append(part);
      taken += part.length;
    }
    frames.push(this.#buffer.subarray(LENGTH_BYTES, this.#buffered));
    this.#buffer = EMPTY; // lent out with the frame
    this.#buffered = 0;
    return taken;
  }

  /** How many bytes the unfinished frame must have before anything more is known of it. */
  #neededBytes(): number {
    if (this.#buffered < LENGTH_BYTES) return LENGTH_BYTES;
    const bytes = this.#buffer.subarray(0, this.#buffered);
    if (!this.#peerKnown && !(this.#peerKnown = checkPeerProtocol(bytes, this.#from))) return this.#buffered + 1;
    return LENGTH_BYTES + this.#checkLength(readLength(bytes, 0));
  }

  /** Cuts whole frames out of the chunk and keeps the rest. */
  #cut(chunk: Uint8Array, start: number, frames: Uint8Array[]): void {
    let at = start;
    while (chunk.length - at >= LENGTH_BYTES) {
      if (!this.#peerKnown && !(this.#peerKnown = checkPeerProtocol(chunk.subarray(at), this.#from))) break;
      const end = at + LENGTH_BYTES + this.#checkLength(readLength(chunk, at));
      if (end > chunk.length) break;
      frames.push(chunk.subarray(at + LENGTH_BYTES, end));
      at = end;
    }
    if (at < chunk.length) this.#append(chunk.subarray(at));
  }

  #checkLength(length: number): number {
    if (length < MIN_LENGTH) {
      throw new NameServerProtocolError(
        `Cannot decode frame${this.#from}: length ${length} is below the ${MIN_LENGTH} bytes of a header word`,
        {
          code: "NAMESRV_MALFORMED_FRAME",
        },
      );
    }
    if (length > this.#maxLength) {
      throw new NameServerProtocolError(
        `Cannot decode frame${this.#from}: length ${length} with its own 4 bytes exceeds the limit of ${
          this.#maxLength + LENGTH_BYTES
        } bytes`,
        { code: "NAMESRV_FRAME_TOO_LARGE" },
      );
    }
    return length;
  }

  #append(part: Uint8Array): void {
    const size = this.#buffered + part.length;
    if (size > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(size, 2 * this.#buffer.length, SMALLEST_BUFFER));
      grown.set(this.#buffer.subarray(0, this.#buffered));
      this.#buffer = grown;
    }
    this.#buffer.set(part, this.#buffered);
    this.#buffered = size;
  }
}

/** int32, so that a length past 2^31 is told as the negative number that Java sees. */
function readLength(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
}
