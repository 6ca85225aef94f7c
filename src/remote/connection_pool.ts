import type { NameServerError } from "../errors.ts";
import { Connection } from "./connection.ts";
import type { ConnectionContext, ConnectionOptions } from "./connection_context.ts";
import { CurrentConnections } from "./current_connections.ts";
import type { Deadlines } from "./deadlines.ts";
import type { RemoteEvent } from "./events.ts";
import type { Timers } from "./timers.ts";

/** What a {@link ConnectionPool} needs of its remote. */
export interface PoolContext {
  readonly deadlines: Deadlines;
  readonly timers: Timers;
  /** Takes an event. */
  publish(event: RemoteEvent): void;
  /** How often in a row a server failed. */
  failuresOf(address: string): number;
}

/** One connection a server for new calls, and those that are on their way out. */
export class ConnectionPool implements ConnectionContext {
  readonly deadlines: Deadlines;
  readonly timers: Timers;
  readonly #options: ConnectionOptions;
  readonly #context: PoolContext;
  readonly #current = new CurrentConnections<Connection>();
  /** Every connection that has not ended, with its end. */
  readonly #running = new Map<Connection, Promise<void>>();

  constructor(options: ConnectionOptions, context: PoolContext) {
    this.deadlines = context.deadlines;
    this.timers = context.timers;
    this.#options = options;
    this.#context = context;
  }

  /** The connection for a new call, dialled if there is none. */
  to(address: string): Connection {
    const open = this.#current.find(address);
    if (open !== undefined) return open;
    const connection = new Connection(address, this.#options, this);
    this.publish({ type: "connecting", address, attempt: this.#context.failuresOf(address) + 1 });
    this.#current.add(connection);
    this.#running.set(connection, connection.run().finally(() => this.#running.delete(connection)));
    return connection;
  }

  /** The connection for a new call, if there is one. */
  find(address: string): Connection | undefined {
    return this.#current.find(address);
  }

  /** Takes no more calls for a server; those in flight still finish. */
  retire(address: string): void {
    this.#current.retire(address);
  }

  /** Fails every call. Connections to these addresses stay open for goodbyes; the others close at once. */
  failCalls(error: NameServerError, stayOpen: readonly string[]): void {
    const listeners = new Set(stayOpen.map((address) => this.find(address)));
    for (const connection of this.#running.keys()) {
      if (listeners.has(connection)) connection.failCalls(error);
      else connection.close(error);
    }
  }

  /** Ends every connection; calls in flight fail with `error`. */
  async close(error: NameServerError): Promise<void> {
    for (const connection of this.#running.keys()) connection.close(error);
    await Promise.all(this.#running.values());
  }

  publish(event: RemoteEvent): void {
    this.#context.publish(event);
  }

  onClosed(connection: Connection): void {
    this.#current.delete(connection);
  }

  onSuspect(connection: Connection): boolean {
    return this.#current.suspect(connection);
  }

  onAlive(connection: Connection): void {
    this.#current.clear(connection);
  }
}
