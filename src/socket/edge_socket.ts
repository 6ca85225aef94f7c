import { closedError } from "./closed_error.ts";
import type { Endpoint, Socket } from "./socket.ts";

/** What a platform's `connect` gives. */
export interface EdgeStreams {
  /** Bytes that arrive. */
  readonly readable: ReadableStream<Uint8Array>;
  /** Bytes to send. */
  readonly writable: WritableStream<Uint8Array>;
  /** Resolves when the connection is there. */
  readonly opened: Promise<unknown>;
  /** Closes both ways. */
  close(): Promise<void>;
}

/** A pair of web streams, which it owns. */
export class EdgeSocket implements Socket {
  readonly #streams: EdgeStreams;
  readonly #endpoint: Endpoint;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  /** Neither closing the platform's socket nor aborting the stream settles a write that the platform is busy with. */
  readonly #rejectPending = new Set<(error: unknown) => void>();
  #resolveRead: ((chunk: null) => void) | undefined;
  #ended = false;
  #closed = false;

  constructor(streams: EdgeStreams, endpoint: Endpoint) {
    this.#streams = streams;
    this.#endpoint = endpoint;
    this.#reader = streams.readable.getReader();
    this.#writer = streams.writable.getWriter();
    // What breaks is reported by the reads and writes; these promises say it once more.
    for (const promise of [streams.opened, this.#reader.closed, this.#writer.closed, this.#writer.ready]) promise.catch(() => {});
  }

  read(): Promise<Uint8Array | null> {
    if (this.#ended) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#resolveRead = resolve;
      this.#readChunk().then(resolve, reject);
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.reject(closedError(this.#endpoint));
    return new Promise((resolve, reject) => {
      this.#rejectPending.add(reject);
      this.#writer.write(bytes).then(resolve, reject).finally(() => this.#rejectPending.delete(reject));
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#resolveRead?.(null);
    for (const reject of this.#rejectPending) reject(closedError(this.#endpoint));
    const ignore = (): void => {};
    this.#reader.cancel().catch(ignore);
    this.#writer.abort().catch(ignore);
    this.#streams.close().catch(ignore);
  }

  async #readChunk(): Promise<Uint8Array | null> {
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (this.#ended) return null;
        if (done) break;
        if (value.length > 0) return value;
      }
      this.#ended = true;
      return null;
    } catch (error) {
      if (this.#ended) return null;
      this.#ended = true;
      throw error;
    }
  }
}
