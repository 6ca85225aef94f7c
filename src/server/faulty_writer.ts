import type { FaultSwitch } from "./faults.ts";
import type { ServerSocket } from "./server_socket.ts";

/** Sends a connection's answers, late, in pieces or not to the end, as the faults in force say. */
export class FaultyWriter {
  readonly #socket: ServerSocket;
  readonly #faults: FaultSwitch;
  readonly #timers = new Set<{ readonly id: ReturnType<typeof setTimeout>; readonly wake: () => void }>();
  #last: Promise<void> = Promise.resolve();
  #revision = -1;
  #sentBytes = 0;
  #closed = false;

  constructor(socket: ServerSocket, faults: FaultSwitch) {
    this.#socket = socket;
    this.#faults = faults;
  }

  /** Whether the connection is closed for writing. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** Sends the bytes behind all that were sent before; resolves when they left or the connection is gone. */
  send(bytes: Uint8Array): Promise<void> {
    const { delayMs } = this.#faults.current;
    const due = delayMs === undefined ? undefined : this.#sleep(delayMs);
    const before = this.#last;
    this.#last = before.then(() => due).then(() => this.#write(bytes)).catch(() => this.close());
    return this.#last;
  }

  /** Closes the connection; nothing that waits is sent. */
  close(): void {
    this.#closed = true;
    for (const { id, wake } of this.#timers) {
      clearTimeout(id);
      wake();
    }
    this.#timers.clear();
    this.#socket.close();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const { chunkBytes, closeAfterBytes, resetAfterBytes } = this.#faults.current;
    if (this.#revision !== this.#faults.revision) {
      this.#revision = this.#faults.revision;
      this.#sentBytes = 0;
    }
    const limit = Math.min(closeAfterBytes ?? Infinity, resetAfterBytes ?? Infinity) - this.#sentBytes;
    const allowed = bytes.subarray(0, Math.max(0, limit));
    for (let start = 0; start < allowed.length && !this.#closed;) {
      const end = start + (chunkBytes ?? allowed.length);
      await this.#socket.write(allowed.subarray(start, end));
      if (chunkBytes !== undefined) await this.#sleep(0); // else the system joins the pieces
      start = end;
    }
    this.#sentBytes += allowed.length;
    if (bytes.length < limit || this.#closed) return;
    if (resetAfterBytes !== undefined && resetAfterBytes <= (closeAfterBytes ?? Infinity)) this.#socket.reset();
    this.close();
  }

  #sleep(ms: number): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = { id: setTimeout(() => (this.#timers.delete(timer), resolve()), ms), wake: resolve };
      this.#timers.add(timer);
    });
  }
}
