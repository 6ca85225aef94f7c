const LENGTH_BYTES = 4;

/** Knows of a stream of frames whether it is between two of them. */
export class FrameEdges {
  /** Bytes that the frame under way still lacks, its length word aside. */
  #rest = 0;
  #word = 0;
  #wordBytes = 0;

  /** Whether the stream ends with a whole frame behind this chunk. */
  push(chunk: Uint8Array): boolean {
    let at = 0;
    while (at < chunk.length) {
      if (this.#rest > 0) {
        const taken = Math.min(this.#rest, chunk.length - at);
        this.#rest -= taken;
        at += taken;
      } else this.#addToWord(chunk[at++]!);
    }
    return this.#rest === 0 && this.#wordBytes === 0;
  }

  #addToWord(byte: number): void {
    this.#word = (this.#word << 8) | byte;
    if (++this.#wordBytes < LENGTH_BYTES) return;
    this.#rest = this.#word >>> 0;
    this.#word = 0;
    this.#wordBytes = 0;
  }
}
