import { DEFAULT_MAX_FRAME_BYTES } from "../protocol/frame.ts";
import { FrameCutter, type FrameTaker } from "../protocol/frame_cutter.ts";
import type { Emulation } from "./emulation.ts";
import { findPreamble } from "./preamble.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Cuts what a client sends into frames, as the emulated server does from its first byte on. */
export class RequestStream {
  readonly #frames = new FrameCutter({ maxFrameBytes: DEFAULT_MAX_FRAME_BYTES, address: undefined });
  /** The first bytes, until it is known where frames start. */
  #first: Uint8Array | undefined;

  constructor({ isV5 }: Emulation) {
    this.#first = isV5 ? NO_BYTES : undefined;
  }

  /** Gives the frames completed by the chunk. @throws {Error} Where the real server closes the connection, behind the frames in front of it. */
  push(chunk: Uint8Array, taker: FrameTaker): void {
    if (this.#first === undefined) return this.#frames.push(chunk, taker);
    this.#first = joined(this.#first, chunk);
    const preamble = findPreamble(this.#first);
    if (preamble === undefined) return;
    const rest = this.#first.subarray(preamble.length);
    this.#first = undefined;
    this.#frames.push(rest, taker);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
