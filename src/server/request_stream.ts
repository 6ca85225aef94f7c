import { FrameDecoder } from "../protocol/frame.ts";
import type { Emulation } from "./emulation.ts";
import { findPreamble } from "./preamble.ts";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** Cuts what a client sends into frames, as the emulated server does from its first byte on. */
export class RequestStream {
  readonly #frames = new FrameDecoder();
  /** The first bytes, until it is known where frames start. */
  #first: Uint8Array | undefined;

  constructor({ isV5 }: Emulation) {
    this.#first = isV5 ? NO_BYTES : undefined;
  }

  /** Why the connection ends behind the frames that the last chunk gave, where it does. */
  get failure(): Error | undefined {
    return this.#frames.failure;
  }

  /** Frames completed by the chunk, valid until the next call. @throws {Error} Where the real server closes the connection. */
  push(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#first === undefined) return this.#frames.push(chunk);
    this.#first = joined(this.#first, chunk);
    const preamble = findPreamble(this.#first);
    if (preamble === undefined) return [];
    const rest = this.#first.subarray(preamble.length);
    this.#first = undefined;
    return this.#frames.push(rest);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
