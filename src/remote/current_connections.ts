/** A connection, as far as it matters here. */
export interface ServerConnection {
  /** Its server, `host:port`. */
  readonly address: string;
  /** Whether calls have to go to another one. */
  readonly closed: boolean;
  /** Takes no more calls, and closes when those it has are done. */
  retire(): void;
}

/**
 * The connection that new calls of each server use; and the one of each server that may be half-open, which new calls pass by. One of a
 * server is suspect at a time: a frozen server costs one dial a probe, not one for each few calls.
 */
export class CurrentConnections<C extends ServerConnection> {
  readonly #current = new Map<string, C>();
  readonly #suspects = new Map<string, C>();

  /** Connections that may be half-open. */
  get suspects(): Iterable<C> {
    return this.#suspects.values();
  }

  /** The connection for a new call, if there is one. */
  find(address: string): C | undefined {
    return this.#current.get(address);
  }

  /** New calls use it. */
  add(connection: C): void {
    this.#current.set(connection.address, connection);
  }

  /** It takes no more calls. */
  delete(connection: C): void {
    for (const known of [this.#current, this.#suspects]) {
      if (known.get(connection.address) === connection) known.delete(connection.address);
    }
  }

  /** It may be half-open. @returns Whether it is to be probed. */
  suspect(connection: C): boolean {
    if (this.#suspects.has(connection.address)) return false;
    this.delete(connection);
    this.#suspects.set(connection.address, connection);
    return true;
  }

  /** It is not half-open: calls use it again, unless another has taken its place. */
  clear(connection: C): void {
    const { address } = connection;
    if (this.#suspects.get(address) === connection) this.#suspects.delete(address);
    if (this.#current.has(address)) connection.retire();
    else if (!connection.closed) this.add(connection);
  }

  /** Takes no more calls for a server; those in flight still finish. */
  retire(address: string): void {
    this.#current.get(address)?.retire();
    this.#suspects.get(address)?.retire();
  }
}
