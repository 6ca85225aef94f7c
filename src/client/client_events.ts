import { EventHub } from "../remote/event_hub.ts";
import type { RemoteEvent } from "../remote/events.ts";
import type { Remote } from "../remote/remote.ts";

/**
 * What happens in a client and below it, as one stream. The remote's events are read as long as somebody reads or listens here, and by one
 * reader however many there are.
 */
export class ClientEvents {
  readonly #remote: Remote;
  readonly #hub = new EventHub<RemoteEvent>(() => this.#stopIfUnread());
  #listener: ((event: RemoteEvent) => void) | undefined;
  #source: AsyncIterator<RemoteEvent> | undefined;
  /** The end of {@link #source}. */
  #drained: Promise<void> = Promise.resolve();

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  /** Gives an event to every reader. */
  publish(event: RemoteEvent): void {
    this.#hub.publish(event);
  }

  /** A reader of all that happens from now on. Ends with the client, the signal, or `break`. */
  read(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent> {
    const reader = this.#hub.read(options);
    if (this.#hub.isRead) this.#start();
    return reader;
  }

  /** Tells the client's own part of what happens below, from now on. */
  listen(listener: (event: RemoteEvent) => void): void {
    this.#listener = listener;
    this.#start();
  }

  /** Ends every reader, once it has what the remote said last. To be called when the remote is closed. */
  async close(): Promise<void> {
    if (this.#source !== undefined) await orNextTurn(this.#drained); // a remote of another make may not end its events
    this.#hub.close();
    this.#listener = undefined;
    this.#stopIfUnread();
  }

  #start(): void {
    if (this.#source !== undefined) return;
    this.#source = this.#remote.events();
    this.#drained = this.#drain(this.#source);
  }

  async #drain(source: AsyncIterator<RemoteEvent>): Promise<void> {
    try {
      for (let item = await source.next(); !item.done; item = await source.next()) this.#take(item.value);
    } catch {
      // A remote whose events fail has no more of them: readers end, calls go on
    }
    if (this.#source === source) this.#hub.close();
  }

  #take(event: RemoteEvent): void {
    this.#listener?.(event);
    this.#hub.publish(event);
  }

  #stopIfUnread(): void {
    if (this.#listener !== undefined || this.#hub.isRead) return;
    const source = this.#source;
    this.#source = undefined;
    source?.return?.()?.catch(() => {}); // as above
  }
}

async function orNextTurn(promise: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([promise, new Promise<void>((resolve) => timer = setTimeout(resolve, 0))]);
  clearTimeout(timer);
}
