import { closedError } from "./closed_error.ts";
import type { Endpoint, Socket } from "./socket.ts";
import { tlsError } from "./tls_error.ts";

/** What this socket needs of `Deno.Conn`. */
export interface DenoConn {
  read(buffer: Uint8Array): Promise<number | null>;
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
  ref(): void;
  unref(): void;
}

/** A connection of `Deno.connect`, which it owns. */
export class DenoSocket implements Socket {
  readonly #conn: DenoConn;
  readonly #endpoint: Endpoint;
  readonly #buffer = new Uint8Array(262_144);
  #ended = false;
  #closed = false;
  #writers = 0;
  #lastWrite: Promise<void> | undefined;

  constructor(conn: DenoConn, endpoint: Endpoint) {
    this.#conn = conn;
    this.#endpoint = endpoint;
  }

  async read(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    try {
      const count = await this.#conn.read(this.#buffer);
      if (count !== null && !this.#closed) return this.#buffer.subarray(0, count);
      this.#ended = true;
      return null;
    } catch (error) {
      this.#ended = true;
      return this.#closed ? null : this.#readFailed(error);
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    // Deno serves concurrent writes in order, but the rest of a partial one would come after the next.
    const written = this.#writeAll(bytes, this.#lastWrite);
    this.#lastWrite = written;
    return written;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ended = true;
    this.#conn.ref(); // else the process may end before a pending read has
    this.#conn.close();
  }

  async #writeAll(bytes: Uint8Array, turn: Promise<void> | undefined): Promise<void> {
    this.#writers++;
    try {
      if (turn !== undefined) await turn;
      let written = await this.#conn.write(bytes);
      while (written < bytes.length) written += await this.#conn.write(bytes.subarray(written));
    } catch (error) {
      throw this.#closed ? closedError(this.#endpoint) : error;
    } finally {
      if (--this.#writers === 0) this.#lastWrite = undefined;
    }
  }

  #readFailed(error: unknown): null {
    const name = error instanceof Error ? error.name : "";
    // A server that is killed ends TLS without saying so. Frames carry their length, so a cut is noticed all the same.
    if (name === "UnexpectedEof") return null;
    this.close();
    // rustls: a TLS 1.3 server refuses a client's certificate after the client's handshake is complete.
    throw name === "InvalidData" ? tlsError(this.#endpoint, error) : error;
  }
}
