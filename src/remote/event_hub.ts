/** An event that is one of several kinds, perhaps about one server, one thing or one topic. */
interface Keyed {
  readonly type: string;
  readonly address?: string;
  readonly about?: string;
  readonly topic?: string;
}

/**
 * Hands events to any number of readers. Nothing is kept for nobody; a slow reader finds the latest event of each type, server and
 * topic, in the order in which they happened, and no backlog.
 */
export class EventHub<E extends Keyed> {
  readonly #readers = new Set<EventReader<E>>();
  readonly #onUnread: (() => void) | undefined;
  #closed = false;

  /** @param onUnread Called when the last reader has gone. */
  constructor(onUnread?: () => void) {
    this.#onUnread = onUnread;
  }

  /** Whether anybody reads. */
  get isRead(): boolean {
    return this.#readers.size > 0;
  }

  /** Gives an event to every reader. */
  publish(event: E): void {
    for (const reader of this.#readers) reader.take(event);
  }

  /** A reader of all that happens from now on. Ends with the hub, the signal, or `break`. */
  read(options: { readonly signal?: AbortSignal } = {}): AsyncIterableIterator<E> {
    const { signal } = options;
    const end = (): void => reader.end();
    const reader = new EventReader<E>(() => {
      signal?.removeEventListener("abort", end);
      this.#readers.delete(reader);
      if (!this.isRead) this.#onUnread?.();
    });
    this.#readers.add(reader);
    signal?.addEventListener("abort", end);
    if (this.#closed || signal?.aborted) reader.end();
    return reader;
  }

  /** Ends every reader; what they have not read yet they still get. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#readers) reader.end();
  }
}

class EventReader<E extends Keyed> implements AsyncIterableIterator<E> {
  readonly #unread = new Map<string, E>();
  readonly #onEnd: () => void;
  #waiting: ((result: IteratorResult<E>) => void)[] = [];
  #ended = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  take(event: E): void {
    const reader = this.#waiting.shift();
    if (reader !== undefined) return reader({ done: false, value: event });
    const key = `${event.type} ${event.about ?? ""} ${event.address ?? ""} ${event.topic ?? ""}`;
    this.#unread.delete(key); // so that it comes last
    this.#unread.set(key, event);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    for (const reader of this.#waiting.splice(0)) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<E>> {
    for (const [key, value] of this.#unread) {
      this.#unread.delete(key);
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<E>> {
    this.#unread.clear();
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
