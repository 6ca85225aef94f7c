import { closedError } from "./closed_error.ts";
import { Inbox } from "./inbox.ts";
import type { Endpoint, Socket } from "./socket.ts";

/** What this socket needs of `Bun.Socket`. */
export interface BunTcpSocket {
  /** @returns How many bytes were taken; -1 where the socket is closed. */
  write(bytes: Uint8Array): number;
  pause(): void;
  resume(): void;
  end(): void;
  terminate(): void;
  ref(): void;
  unref(): void;
  setNoDelay(noDelay: boolean): boolean;
}

/** The handlers of `Bun.connect` that this socket has. */
export interface BunHandlers {
  readonly binaryType: "uint8array";
  readonly open: (socket: BunTcpSocket) => void;
  readonly data: (socket: BunTcpSocket, chunk: Uint8Array) => void;
  readonly drain: () => void;
  readonly end: (socket: BunTcpSocket) => void;
  readonly error: (socket: BunTcpSocket, error: Error) => void;
  readonly close: (socket: BunTcpSocket, error?: Error) => void;
  readonly connectError: () => void;
}

interface PendingWrite {
  readonly bytes: Uint8Array;
  written: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes that may wait for the reader before the socket is paused. */
const MAX_BUFFERED_BYTES = 262_144;
/** Chunks up to this size, a few answers, are lent from one buffer. */
const LENT_BYTES = 4096;
const WRITTEN: Promise<void> = Promise.resolve();

/** A socket of `Bun.connect`, which it owns. */
export class BunSocket implements Socket {
  readonly handlers: BunHandlers = {
    binaryType: "uint8array",
    open: (socket) => this.#opened(socket),
    data: (_socket, chunk) => this.#receive(chunk),
    drain: () => this.#flush(),
    end: () => this.#finish(),
    error: (_socket, error) => this.#finish(error),
    close: (_socket, error) => this.#finish(error),
    // Without this one Bun reports the rejected dial as unhandled.
    connectError: () => {},
  };
  readonly #endpoint: Endpoint;
  readonly #inbox = new Inbox();
  /** What the reader looks at until it reads again. */
  readonly #lent = new Uint8Array(LENT_BYTES);
  readonly #pending: PendingWrite[] = [];
  #tcp: BunTcpSocket | undefined;
  #paused = false;
  #open = true;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  read(): Promise<Uint8Array | null> {
    const chunk = this.#inbox.read();
    if (this.#paused && this.#inbox.bufferedBytes === 0) {
      this.#paused = false;
      this.#tcp!.resume();
    }
    return chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    if (!this.#open) return Promise.reject(closedError(this.#endpoint));
    if (this.#pending.length > 0) return this.#enqueue(bytes, 0);
    const written = this.#tcp!.write(bytes);
    if (written === bytes.length) return WRITTEN;
    if (written < 0) return Promise.reject(closedError(this.#endpoint));
    // Bytes on their way may keep the process alive, an idle socket may not.
    this.#tcp!.ref();
    return this.#enqueue(bytes, written);
  }

  close(): void {
    this.#inbox.close();
    this.#finish();
  }

  #opened(tcp: BunTcpSocket): void {
    this.#tcp = tcp;
    tcp.setNoDelay(true);
    tcp.unref();
  }

  #receive(chunk: Uint8Array): void {
    this.#inbox.push(this.#inbox.isAwaited ? this.#lend(chunk) : chunk);
    if (this.#paused || this.#inbox.bufferedBytes < MAX_BUFFERED_BYTES) return;
    this.#paused = true;
    this.#tcp!.pause();
  }

  /** The first view of a chunk that Bun has made costs more than to copy it where it is small. */
  #lend(chunk: Uint8Array): Uint8Array {
    if (chunk.length > LENT_BYTES) return chunk;
    this.#lent.set(chunk);
    return this.#lent.subarray(0, chunk.length);
  }

  #enqueue(bytes: Uint8Array, written: number): Promise<void> {
    return new Promise((resolve, reject) => this.#pending.push({ bytes, written, resolve, reject }));
  }

  #flush(): void {
    for (let first = this.#pending[0]; first !== undefined; first = this.#pending[0]) {
      const written = this.#tcp!.write(first.bytes.subarray(first.written));
      if (written > 0) first.written += written;
      if (first.written < first.bytes.length) return;
      this.#pending.shift();
      first.resolve();
    }
    this.#tcp!.unref();
  }

  /** Also at the end of the peer's bytes: Bun then closes the socket by itself, not always at once. */
  #finish(error?: Error): void {
    if (!this.#open) return;
    this.#open = false;
    this.#inbox.end(error === undefined ? undefined : { error });
    for (const { reject } of this.#pending.splice(0)) reject(closedError(this.#endpoint));
    this.#tcp?.end();
  }
}
