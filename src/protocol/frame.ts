import type { NameServerProtocolError } from "../errors.ts";
import { FrameCutter, type FrameTaker } from "./frame_cutter.ts";

/** Servers refuse frames past this size, the length word included: `com.rocketmq.remoting.frameMaxLength`. */
export const DEFAULT_MAX_FRAME_BYTES = 16_777_216;

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
  readonly #cutter: FrameCutter;
  #failure: NameServerProtocolError | undefined;

  /** Makes a decoder for one stream. @throws {RangeError} If `maxFrameBytes` is no integer from 8 to 2,147,483,647. */
  constructor({ maxFrameBytes = DEFAULT_MAX_FRAME_BYTES, address }: FrameDecoderOptions = {}) {
    if (!Number.isInteger(maxFrameBytes) || maxFrameBytes < 8 || maxFrameBytes > 0x7fffffff) {
      throw new RangeError(`Cannot decode frames of at most ${maxFrameBytes} bytes: maxFrameBytes must be an integer from 8 to 2147483647`);
    }
    this.#cutter = new FrameCutter({ maxFrameBytes, address });
  }

  /** Bytes of a frame that is not complete yet; non-zero at the end of the stream means truncation. */
  get bufferedBytes(): number {
    return this.#cutter.bufferedBytes;
  }

  /** What is known of the frame that is not complete yet: `"n of m bytes"`. */
  get progress(): string {
    return this.#cutter.progress;
  }

  /**
   * Frames completed by `chunk`, in order, without their length words, valid until the next `push` and as long as `chunk` is not changed.
   *
   * @throws {NameServerProtocolError} If a length is 0–3, negative, or past the limit, or the stream starts with another protocol; before
   * anything is allocated. Discard the decoder then.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    if (this.#failure !== undefined) throw this.#failure;
    const views = new FrameViews();
    try {
      this.#cutter.push(chunk, views);
    } catch (error) {
      throw this.#failure = error as NameServerProtocolError;
    }
    return views.frames;
  }
}

class FrameViews implements FrameTaker {
  readonly frames: Uint8Array[] = [];

  onFrame(bytes: Uint8Array, start: number, end: number): void {
    this.frames.push(bytes.subarray(start, end));
  }
}
