import { CurrentConnections } from "../remote/current_connections.ts";
import { Mailbox, type MailboxReader } from "./mailbox.ts";
import { Order } from "./pump/layout.ts";
import type { StartWorker } from "./start_worker.ts";
import { SyncConnection } from "./sync_connection.ts";
import type { SyncConnectionOptions, SyncConnectionOwner } from "./sync_connection_context.ts";
import type { SyncTask } from "./sync_task.ts";

/** Hears what becomes of one link. */
export interface LinkReader {
  /** @param payload Valid until the next notice. */
  onNotice(type: number, payload: Uint8Array): void;
}

/** One worker and the connections that it has, for as long as it lives. */
export class PumpSession implements MailboxReader, SyncConnectionOwner {
  readonly #mailbox: Mailbox;
  readonly #options: SyncConnectionOptions;
  readonly #current = new CurrentConnections<SyncConnection>();
  readonly #byId = new Map<number, LinkReader>();
  /** Have ended; the pump is yet to be told. */
  readonly #ended: SyncConnection[] = [];
  #lastId = 0;

  /** Starts a worker. */
  constructor(ringBytes: number, options: SyncConnectionOptions, startWorker: StartWorker) {
    this.#options = options;
    this.#mailbox = new Mailbox(ringBytes, this, startWorker);
  }

  /** Whether the worker has ended. */
  get isDead(): boolean {
    return this.#mailbox.isDead;
  }

  /** The connection to a server, which is dialled where there is none. */
  readonly connectionTo = (address: string): SyncConnection => {
    const open = this.#current.find(address);
    if (open !== undefined) return open;
    const connection = new SyncConnection(address, ++this.#lastId, this.#options, this.#mailbox, this);
    this.#current.add(connection);
    this.#byId.set(connection.id, connection);
    return connection;
  };

  /** A number for a link of somebody else, who hears what becomes of it. */
  addLink(reader: LinkReader): number {
    this.#byId.set(++this.#lastId, reader);
    return this.#lastId;
  }

  /** Closes such a link. */
  closeLink(id: number): void {
    this.#byId.delete(id);
    this.send(Order.CLOSE, id);
  }

  /** Sends an order for a link, in one piece. */
  send(type: number, id: number, payload?: Uint8Array): void {
    this.#mailbox.send(type, id, payload);
  }

  /** Blocks until it is so, or the time is over. @throws {NameServerError} `NAMESRV_WORKER_DIED`. */
  waitFor(isSo: () => boolean, until: number): void {
    while (!isSo() && performance.now() < until) this.#mailbox.wait(until);
  }

  /** Hears what happened since the last call: connections that servers have closed, or that a probe has found dead, are not used any more. */
  catchUp(): void {
    this.#mailbox.hear();
    for (const connection of this.#current.suspects) connection.expire(performance.now());
    this.#release();
  }

  /** Blocks until all tasks are done. @throws {NameServerError} `NAMESRV_WORKER_DIED`. */
  run<T>(tasks: readonly SyncTask<T>[]): readonly PromiseSettledResult<T>[] {
    for (;;) {
      let until = Infinity;
      for (const { dueAt } of tasks) if (dueAt < until) until = dueAt;
      if (until === Infinity) break;
      this.#mailbox.wait(until);
      for (const task of tasks) task.proceed();
      this.#release();
    }
    return tasks.map(({ result }) => result!);
  }

  onNotice(type: number, link: number, payload: Uint8Array): void {
    this.#byId.get(link)?.onNotice(type, payload);
  }

  /** Closes all sockets and ends the worker. */
  close(): void {
    this.#mailbox.close();
  }

  /** Ends the worker as it is. */
  abandon(): void {
    this.#mailbox.abandon();
  }

  onClosed(connection: SyncConnection): void {
    this.#current.delete(connection);
    this.#byId.delete(connection.id);
    this.#ended.push(connection);
  }

  onSuspect(connection: SyncConnection): boolean {
    return this.#current.suspect(connection);
  }

  onAlive(connection: SyncConnection): void {
    this.#current.clear(connection);
  }

  #release(): void {
    if (this.#ended.length === 0) return;
    for (const { id } of this.#ended.splice(0)) this.#mailbox.send(Order.CLOSE, id);
  }
}
