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

const LENGTH_BYTES = 4;
const MIN_LENGTH = 4; // the header word
const SMALLEST_BUFFER = 512;
const EMPTY: Uint8Array = new Uint8Array(0);

/** Who takes frames. */
export interface FrameTaker {
  /** A frame lies in `bytes` from `start` to `end`, its length word left out: as long as the chunk that completed it is not changed. */
  onFrame(bytes: Uint8Array, start: number, end: number): void;
}

/** Which frames a {@link FrameCutter} accepts. */
export interface FrameCutterOptions {
  /** Largest frame, its length word included. */
  readonly maxFrameBytes: number;
  /** The peer, for messages: `host:port`. */
  readonly address: string | undefined;
}

/**
 * Finds frames in a stream of bytes, wherever its chunks were cut. Those that lie whole in a chunk are left where they are; one that spans
 * chunks is put together in a buffer that grows with the bytes that came, not with the length that was announced.
 */
export class FrameCutter {
  readonly #maxLength: number;
  readonly #from: string;
  #buffer = EMPTY;
  #buffered = 0;
  #peerKnown = false;

  constructor({ maxFrameBytes, address }: FrameCutterOptions) {
    this.#maxLength = maxFrameBytes - LENGTH_BYTES;
    this.#from = fromPeer(address);
  }

  /** Bytes of a frame that is not complete yet; non-zero at the end of the stream means truncation. */
  get bufferedBytes(): number {
    return this.#buffered;
  }

  /** What is known of the frame that is not complete yet: `"n of m bytes"`. */
  get progress(): string {
    const total = this.#buffered < LENGTH_BYTES ? "an unknown number of" : `${LENGTH_BYTES + readLength(this.#buffer, 0)}`;
    return `${this.#buffered} of ${total} bytes`;
  }

  /**
   * Tells of the frames that `chunk` completes, in order, also of those in front of a broken one.
   *
   * @throws {NameServerProtocolError} If a length is 0–3, negative, or past the limit, or the stream starts with another protocol; before
   * anything is allocated. Discard the cutter then.
   */
  push(chunk: Uint8Array, taker: FrameTaker): void {
    const start = this.#buffered === 0 ? 0 : this.#complete(chunk, taker);
    if (this.#buffered === 0) this.#cut(chunk, start, taker);
  }

  /** Adds to the unfinished frame what it lacks; gives the number of bytes taken. */
  #complete(chunk: Uint8Array, taker: FrameTaker): number {
    let taken = 0;
    for (;;) {
      const needed = this.#neededBytes();
      if (needed === this.#buffered) break;
      if (taken === chunk.length) return taken;
      const part = chunk.subarray(taken, taken + needed - this.#buffered);
      this.#append(part);
      taken += part.length;
    }
    const frame = this.#buffer, end = this.#buffered;
    this.#buffer = EMPTY; // lent out with the frame
    this.#buffered = 0;
    taker.onFrame(frame, LENGTH_BYTES, end);
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
  #cut(chunk: Uint8Array, start: number, taker: FrameTaker): void {
    let at = start;
    while (chunk.length - at >= LENGTH_BYTES) {
      if (!this.#peerKnown && !(this.#peerKnown = checkPeerProtocol(chunk.subarray(at), this.#from))) break;
      const end = at + LENGTH_BYTES + this.#checkLength(readLength(chunk, at));
      if (end > chunk.length) break;
      taker.onFrame(chunk, at + LENGTH_BYTES, end);
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
