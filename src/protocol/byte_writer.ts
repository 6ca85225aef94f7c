const SMALLEST = 4096;
// Up to these lengths a loop is quicker than a call of the engine's.
const SHORT_BYTES = 15, SHORT_TEXT = 48;
const MINUS = 0x2d, ZERO = 0x30;

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
    const length = bytes.length;
    const at = this.#reserve(length);
    const target = this.#bytes;
    if (length > SHORT_BYTES) target.set(bytes, at);
    else for (let i = 0; i < length; i++) target[at + i] = bytes[i]!;
  }

  /** An integer of 32 bits as text; any other number as `String` writes it. */
  decimal(value: number): void {
    if (value !== (value | 0)) {
      this.utf8(String(value));
      return;
    }
    if (value < 0) this.u8(MINUS);
    let rest = Math.abs(value), digits = 1;
    for (let limit = 10; rest >= limit; limit *= 10) digits++;
    const at = this.#reserve(digits);
    const target = this.#bytes;
    for (let i = at + digits - 1; i >= at; i--) {
      const tenth = (rest / 10) | 0;
      target[i] = ZERO + rest - 10 * tenth;
      rest = tenth;
    }
  }

  /** The text in UTF-8; gives the number of bytes. Lone surrogates become U+FFFD. */
  utf8(text: string): number {
    const at = this.#reserve(3 * text.length); // a UTF-16 unit takes three bytes at most
    const written = text.length <= SHORT_TEXT && this.#ascii(text, at)
      ? text.length
      : ENCODER.encodeInto(text, this.#bytes.subarray(at)).written;
    this.#length = at + written;
    return written;
  }

  /** Writes a text at `at`, where there is room, if it is ASCII. */
  #ascii(text: string, at: number): boolean {
    const target = this.#bytes;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) return false;
      target[at + i] = unit;
    }
    return true;
  }

  #reserve(size: number): number {
    const at = this.#length;
    const length = at + size;
    if (length > this.#bytes.length) this.#grow(length);
    this.#length = length;
    return at;
  }

  #grow(length: number): void {
    const grown = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

const ENCODER = new TextEncoder();
