const SMALLEST = 4096;

/**
 * Bytes that grow at their end: what frames are encoded into, so that those of one tick leave in one write. Integers are big-endian.
 */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  /** @param capacity Bytes that fit before it has to grow. */
  constructor(capacity: number = SMALLEST) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#length;
  }

  /** What was written: a view, valid until more is written or the writer is cleared. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** Forgets what was written, and keeps the room unless it is more than `keepBytes`. */
  clear(keepBytes: number = Infinity): void {
    this.#length = 0;
    if (this.#bytes.length > keepBytes) this.#bytes = new Uint8Array(SMALLEST);
  }

  /** Takes back everything behind the first `length` bytes. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** One byte. */
  u8(value: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = value;
  }

  /** Two bytes, signed or not. */
  i16(value: number): void {
    const at = this.#reserve(2);
    this.#bytes[at] = value >> 8;
    this.#bytes[at + 1] = value;
  }

  /** Four bytes, signed or not. */
  i32(value: number): void {
    this.setI32(this.#reserve(4), value);
  }

  /** Four bytes over those at `at`. */
  setI32(at: number, value: number): void {
    const bytes = this.#bytes;
    bytes[at] = value >> 24;
    bytes[at + 1] = value >> 16;
    bytes[at + 2] = value >> 8;
    bytes[at + 3] = value;
  }

  /** A copy of `bytes`. */
  bytes(bytes: Uint8Array): void {
    const at = this.#reserve(bytes.length);
    this.#bytes.set(bytes, at);
  }

  /** The text in UTF-8; gives the number of bytes. Lone surrogates become U+FFFD. */
  utf8(text: string): number {
    const at = this.#reserve(3 * text.length); // a UTF-16 unit takes three bytes at most
    const { written } = ENCODER.encodeInto(text, this.#bytes.subarray(at));
    this.#length = at + written;
    return written;
  }

  #reserve(size: number): number {
    const at = this.#length;
    const length = at + size;
    if (length > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, at));
      this.#bytes = grown;
    }
    this.#length = length;
    return at;
  }
}

const ENCODER = new TextEncoder();
