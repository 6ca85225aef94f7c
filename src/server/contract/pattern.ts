import { expect } from "./expect.ts";

const PERIOD = 65_521; // a prime, so that no buffer size hides a shift
const MAX_SLICE_BYTES = 65_536;

/** A stream of bytes in which each one tells its place: to send it, and to check what arrives. */
export class Pattern {
  readonly #bytes: Uint8Array;
  /** Bytes sent or checked so far. */
  offset = 0;

  /** @param seed Another one for the other direction. */
  constructor(seed: number) {
    this.#bytes = new Uint8Array(PERIOD + MAX_SLICE_BYTES);
    for (let i = 0; i < this.#bytes.length; i++) this.#bytes[i] = Math.imul(i % PERIOD + seed, 0x9e3779b1) >>> 23;
  }

  /** The next bytes, at most 65,536 of them: a view that never changes. */
  next(length: number): Uint8Array {
    const start = this.offset % PERIOD;
    this.offset += length;
    return this.#bytes.subarray(start, start + length);
  }

  /** Throws unless the chunk is what comes next. */
  check(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += MAX_SLICE_BYTES) {
      const expected = this.next(Math.min(MAX_SLICE_BYTES, chunk.length - at));
      for (let i = 0; i < expected.length; i++) {
        if (chunk[at + i] !== expected[i]) expect(false, `byte ${this.offset - expected.length + i} arrives as it was sent`);
      }
    }
  }
}
