import { Inbox } from "../socket/inbox.ts";
import type { Socket } from "../socket/socket.ts";

/** Bytes that one side may be ahead of the other, as a kernel's buffers would allow. */
const MAX_BUFFERED_BYTES = 262_144;
/** Longest chunk that is read at once. */
const CHUNK_BYTES = 65_536;

/** One direction of a connection inside the process. */
class Pipe {
  readonly #inbox = new Inbox();
  /** Writers that wait for room, oldest first. */
  readonly #waiting: (() => void)[] = [];
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  async read(): Promise<Uint8Array | null> {
    const chunk = await this.#inbox.read();
    if (this.#inbox.bufferedBytes < MAX_BUFFERED_BYTES) this.#wake();
    return chunk;
  }

  /** Writes wait for those before them, so that bytes of two never mix. */
  write(bytes: Uint8Array): Promise<void> {
    const before = this.#last;
    const written = before.then(() => this.#push(bytes));
    this.#last = written.catch(() => {});
    return written;
  }

  /** No more is written: what is here is still read, then `failure`, then the end. */
  end(failure?: { readonly error: unknown }): void {
    this.#closed = true;
    this.#inbox.end(failure);
    this.#wake();
  }

  /** Nobody reads any more. */
  close(): void {
    this.#closed = true;
    this.#inbox.close();
    this.#wake();
  }

  async #push(bytes: Uint8Array): Promise<void> {
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      while (this.#inbox.bufferedBytes >= MAX_BUFFERED_BYTES && !this.#closed) {
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
      if (this.#closed) throw new Error("Cannot write to memory socket: connection is closed");
      this.#inbox.push(bytes.slice(start, start + CHUNK_BYTES));
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** One end of a connection inside the process. What it reads belongs to the reader. */
export class MemorySocket implements Socket {
  readonly #incoming: Pipe;
  readonly #outgoing: Pipe;

  private constructor(incoming: Pipe, outgoing: Pipe) {
    this.#incoming = incoming;
    this.#outgoing = outgoing;
  }

  /** Two ends of one connection. */
  static pair(): readonly [MemorySocket, MemorySocket] {
    const there = new Pipe(), back = new Pipe();
    return [new MemorySocket(back, there), new MemorySocket(there, back)];
  }

  read(): Promise<Uint8Array | null> {
    return this.#incoming.read();
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#outgoing.write(bytes);
  }

  /** Says that no more bytes will come, and still reads. */
  end(): void {
    this.#outgoing.end();
  }

  close(): void {
    this.#incoming.close();
    this.end();
  }

  /** Closes so that the other end's next `read` fails, as it does after a RST. */
  reset(): void {
    this.#incoming.close();
    this.#outgoing.end({ error: Object.assign(new Error("Connection reset by peer"), { code: "ECONNRESET" }) });
  }
}
