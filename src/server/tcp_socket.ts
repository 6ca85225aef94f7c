import type { Socket as NetSocket } from "node:net";
import { Inbox } from "../socket/inbox.ts";
import type { ServerSocket } from "./server_socket.ts";

/** A connection that a port of `node:net` accepted. */
export class TcpSocket implements ServerSocket {
  readonly #stream: NetSocket;
  readonly #inbox = new Inbox();

  /** Takes over the stream. */
  constructor(stream: NetSocket) {
    this.#stream = stream;
    stream.setNoDelay(true);
    stream.on("data", (chunk: Uint8Array) => {
      this.#inbox.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      if (this.#inbox.bufferedBytes > 0) stream.pause();
    });
    stream.on("error", (error) => this.#inbox.end({ error }));
    stream.once("end", () => this.#inbox.end());
    stream.once("close", () => this.#inbox.end());
  }

  async read(): Promise<Uint8Array | null> {
    const chunk = this.#inbox.read();
    if (this.#inbox.bufferedBytes === 0) this.#stream.resume();
    return await chunk;
  }

  write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#stream.destroyed) reject(new Error("Cannot write to socket: connection is closed"));
      else this.#stream.write(bytes, (error) => error ? reject(error) : resolve());
    });
  }

  close(): void {
    this.#inbox.close();
    // What was written still leaves; then both ways end.
    if (!this.#stream.destroyed) this.#stream.destroySoon();
  }

  reset(): void {
    this.#inbox.close();
    this.#stream.resetAndDestroy();
  }
}
