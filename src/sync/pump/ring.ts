const HEADER_BYTES = 16;
const HEAD = 0, TAIL = 16, FULL = 32;

/**
 * Records on their way from one thread to another, in shared memory: one thread writes, one reads, neither takes a lock.
 *
 *   record   type i32 · link i32 · length i32 · unused i32 · payload, padded to 16 bytes
 *
 * Head and tail count bytes and wrap at 2^32; the size is a power of two. A payload may go over the end; a header never does.
 */
export class Ring {
  /** Type of the record that {@link next} found. */
  type: number;
  /** Its link. */
  link: number;
  /** Bytes of its payload. */
  length: number;
  readonly #words: Int32Array;
  readonly #at: number;
  readonly #headers: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #size: number;

  /** @param at The first of its 48 words. @param start Its first byte. @param size Its bytes: a power of two. */
  constructor(memory: SharedArrayBuffer, at: number, start: number, size: number) {
    this.type = 0;
    this.link = 0;
    this.length = 0;
    this.#words = new Int32Array(memory);
    this.#at = at;
    this.#headers = new Int32Array(memory, start, size >> 2);
    this.#bytes = new Uint8Array(memory, start, size);
    this.#size = size;
  }

  /** Bytes that one record carries at most. */
  get largest(): number {
    return Math.min(65_536, this.#size >> 1);
  }

  /** The writer's: appends a record; `false` where there is no room, and then the reader will be told to ring the writer's bell. */
  write(type: number, link: number, payload: Uint8Array): boolean {
    const size = sizeOf(payload.length);
    const tail = Atomics.load(this.#words, this.#at + TAIL);
    if (!this.#hasRoom(tail, size)) {
      // Said before room is checked again: a reader that made some meanwhile has seen it, or is seen.
      Atomics.store(this.#words, this.#at + FULL, 1);
      if (!this.#hasRoom(tail, size)) return false;
    }
    const header = (tail & (this.#size - 1)) >> 2;
    this.#headers[header] = type;
    this.#headers[header + 1] = link;
    this.#headers[header + 2] = payload.length;
    this.#put(tail + HEADER_BYTES, payload);
    Atomics.store(this.#words, this.#at + TAIL, tail + size);
    return true;
  }

  /** The reader's: whether there is a record, which is looked at from now on. */
  next(): boolean {
    const head = Atomics.load(this.#words, this.#at + HEAD);
    if (head === Atomics.load(this.#words, this.#at + TAIL)) return false;
    const header = (head & (this.#size - 1)) >> 2;
    this.type = this.#headers[header]!;
    this.link = this.#headers[header + 1]!;
    this.length = this.#headers[header + 2]!;
    return true;
  }

  /** The reader's: copies the payload out of shared memory, into a buffer that is large enough, and leaves the record behind. */
  take(into: Uint8Array): Uint8Array {
    const head = Atomics.load(this.#words, this.#at + HEAD);
    const payload = into.length === this.length ? into : into.subarray(0, this.length);
    const start = (head + HEADER_BYTES) & (this.#size - 1);
    const first = Math.min(payload.length, this.#size - start);
    payload.set(this.#bytes.subarray(start, start + first));
    if (first < payload.length) payload.set(this.#bytes.subarray(0, payload.length - first), first);
    Atomics.store(this.#words, this.#at + HEAD, head + sizeOf(this.length));
    return payload;
  }

  /** The reader's: whether the writer waits for room, of which there is some now. Says so once. */
  get isAwaited(): boolean {
    return Atomics.load(this.#words, this.#at + FULL) === 1 && Atomics.exchange(this.#words, this.#at + FULL, 0) === 1;
  }

  #hasRoom(tail: number, size: number): boolean {
    return ((tail - Atomics.load(this.#words, this.#at + HEAD)) | 0) + size <= this.#size;
  }

  #put(position: number, payload: Uint8Array): void {
    const start = position & (this.#size - 1);
    const first = Math.min(payload.length, this.#size - start);
    this.#bytes.set(first === payload.length ? payload : payload.subarray(0, first), start);
    if (first < payload.length) this.#bytes.set(payload.subarray(first), 0);
  }
}

function sizeOf(length: number): number {
  return HEADER_BYTES + ((length + 15) & ~15);
}
