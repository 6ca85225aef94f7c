/** So many events are kept for a reader that is slow; then the oldest goes. */
const MOST_UNREAD = 1024;

/** Hands events to any number of readers. Nothing is kept for nobody; a slow reader finds the latest 1,024, in the order in which they happened. */
export class EventHub<E> {
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

class EventReader<E> implements AsyncIterableIterator<E> {
  readonly #unread: E[] = [];
  readonly #onEnd: () => void;
  #waiting: ((result: IteratorResult<E>) => void)[] = [];
  #ended = false;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  take(event: E): void {
    const reader = this.#waiting.shift();
    if (reader !== undefined) return reader({ done: false, value: event });
    this.#unread.push(event);
    if (this.#unread.length > MOST_UNREAD) this.#unread.shift();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEnd();
    for (const reader of this.#waiting.splice(0)) reader({ done: true, value: undefined });
  }

  next(): Promise<IteratorResult<E>> {
    if (this.#unread.length > 0) return Promise.resolve({ done: false, value: this.#unread.shift()! });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<E>> {
    this.#unread.length = 0;
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
