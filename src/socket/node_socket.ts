import type { OnReadOpts, Socket as NetSocket } from "node:net";
import { abortable } from "./abortable.ts";
import { closedError } from "./closed_error.ts";
import { Inbox } from "./inbox.ts";
import { isTlsAlert } from "./node_tls_session.ts";
import type { Endpoint, Socket } from "./socket.ts";
import { tlsError } from "./tls_error.ts";

const WRITTEN: Promise<void> = Promise.resolve();
const NOTHING: Uint8Array = new Uint8Array(0);

/** A stream of `node:net` or `node:tls`, which it opens and owns. */
export class NodeSocket implements Socket {
  readonly #stream: NetSocket;
  readonly #endpoint: Endpoint;
  readonly #inbox = new Inbox();
  /** What the reader looks at until it reads again. */
  #lent: Uint8Array | undefined;
  #spare: Uint8Array | undefined;
  readonly #encrypted: boolean;
  #paused = false;

  /** Calls `open` to dial: the stream is to read into the buffers it is given, which beats a new one for each `data` event. */
  constructor(endpoint: Endpoint, open: (onread: OnReadOpts) => NetSocket) {
    this.#endpoint = endpoint;
    this.#stream = open({ buffer: () => this.#nextBuffer(), callback: (count, buffer) => this.#receive(count, buffer) });
    this.#encrypted = "encrypted" in this.#stream;
    this.#stream.on("error", (error) => this.#fail(error));
    this.#stream.once("end", () => this.#inbox.end());
    this.#stream.once("close", () => this.#inbox.end());
  }

  /** Resolves when `event` says that the stream is open; else closes it. */
  async opened(event: "connect" | "secureConnect", signal: AbortSignal): Promise<void> {
    try {
      await abortable(firstEvent(this.#stream, event), signal, () => {});
    } catch (error) {
      this.close();
      throw error;
    }
    this.#stream.setNoDelay(true);
    this.#stream.unref();
  }

  read(): Promise<Uint8Array | null> {
    this.#spare ??= this.#lent;
    this.#lent = undefined;
    const chunk = this.#inbox.read();
    if (this.#paused && this.#inbox.bufferedBytes === 0) {
      this.#paused = false;
      this.#stream.resume();
    }
    return chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#stream.writable) return Promise.reject(closedError(this.#endpoint));
    if (this.#encrypted) return this.#written(bytes);
    // Without a callback: it would be called a tick later, which costs a tenth of a round trip. Where the system did not take everything at
    // once, an empty write behind tells when it has.
    this.#stream.write(bytes);
    return this.#stream.writableLength === 0 ? WRITTEN : this.#written(NOTHING);
  }

  close(): void {
    this.#inbox.close();
    this.#stream.destroy();
  }

  #written(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#stream.write(bytes, (error) => {
        // A write that was under way when the stream was destroyed is called back without an error.
        if (error || this.#stream.destroyed) reject(this.#stream.errored ?? closedError(this.#endpoint));
        else resolve();
      });
    });
  }

  #receive(count: number, buffer: Uint8Array): boolean {
    this.#inbox.push(buffer.subarray(0, count));
    this.#paused = this.#inbox.bufferedBytes > 0;
    if (!this.#paused) this.#lent = buffer;
    return !this.#paused;
  }

  /** Chunks that wait in the inbox keep their buffers; one that was handed out comes back with the next read. */
  #nextBuffer(): Uint8Array {
    const buffer = this.#spare ?? new Uint8Array(262_144);
    this.#spare = undefined;
    return buffer;
  }

  #fail(error: Error): void {
    this.#inbox.end({ error: isTlsAlert(error) ? tlsError(this.#endpoint, error) : error });
    this.#stream.destroy();
  }
}

function firstEvent(stream: NetSocket, event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once(event, () => resolve());
    stream.once("error", reject);
    stream.once("close", () => reject(new Error("connection closed while it was set up")));
  });
}
