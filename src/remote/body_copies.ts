import { NO_BODY } from "../protocol/command.ts";

const SLAB_BYTES = 1 << 16;
const LARGEST_SHARED = 1 << 12;

/**
 * Copies of bodies, which have to outlive the socket's buffer. Small ones share slabs: an `ArrayBuffer` for each would cost more than
 * reading what is in it.
 */
export class BodyCopies {
  #slab = NO_BODY;
  #used = 0;

  /** A copy of what lies from `start` to `end`, which belongs to whoever gets it. */
  copy(bytes: Uint8Array, start: number = 0, end: number = bytes.length): Uint8Array {
    const size = end - start;
    if (size === 0) return NO_BODY;
    if (size > LARGEST_SHARED) return bytes.slice(start, end);
    if (this.#used + size > this.#slab.length) {
      this.#slab = new Uint8Array(SLAB_BYTES);
      this.#used = 0;
    }
    const copy = this.#slab.subarray(this.#used, this.#used + size);
    this.#used = (this.#used + size + 7) & ~7; // whoever compares bodies can do so word by word
    copy.set(bytes.subarray(start, end));
    return copy;
  }
}
