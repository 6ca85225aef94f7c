import { NameServerError, withContext } from "../errors.ts";
import type { Socket, SocketAdapter, TlsOptions } from "../socket/socket.ts";
import { endpointOf } from "./address.ts";
import type { Deadline, Deadlines, Slot } from "./deadlines.ts";
import { dialRefused, dialTimedOut } from "./dial_errors.ts";

/** What a dial needs. */
export interface DialOptions {
  readonly adapter: SocketAdapter;
  readonly tls: TlsOptions | undefined;
  readonly connectTimeoutMs: number;
}

/** One attempt to open a socket: ends by itself after `connectTimeoutMs`, or when it is aborted. */
export class Dial implements Deadline {
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
  readonly #address: string;
  readonly #options: DialOptions;
  readonly #abort = new AbortController();

  constructor(address: string, options: DialOptions) {
    this.#address = address;
    this.#options = options;
  }

  /** Gives the socket. @throws {NameServerConnectionError} Whatever went wrong. */
  async open(deadlines: Deadlines): Promise<Socket> {
    const { adapter, tls, connectTimeoutMs } = this.#options;
    const { signal } = this.#abort;
    deadlines.add(this, deadlines.now() + connectTimeoutMs);
    try {
      return await adapter.connect(endpointOf(this.#address), { signal, ...(tls && { tls }) });
    } catch (error) {
      throw error instanceof NameServerError ? withContext(error, { address: this.#address }) : dialRefused(this.#address, error);
    } finally {
      deadlines.delete(this);
    }
  }

  /** Gives it up. The adapter closes a socket that still arrives. */
  abort(reason: NameServerError): void {
    this.#abort.abort(reason);
  }

  onDeadline(): void {
    this.abort(dialTimedOut(this.#address, this.#options.connectTimeoutMs));
  }
}
