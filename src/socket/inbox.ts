/** Chunks between a runtime that pushes them and the one reader that asks for them. */
export class Inbox {
  readonly #chunks: Uint8Array[] = [];
  #bytes = 0;
  #resolve: ((chunk: Uint8Array | null) => void) | undefined;
  #reject: ((error: unknown) => void) | undefined;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  /** Bytes that arrived before anyone asked for them. */
  get bufferedBytes(): number {
    return this.#bytes;
  }

  /** Whether the reader waits: it is done with what it got before. */
  get isAwaited(): boolean {
    return this.#resolve !== undefined;
  }

  /** Hands the chunk to the reader that waits, or keeps it for the next one. */
  push(chunk: Uint8Array): void {
    if (this.#ended) return;
    const resolve = this.#resolve;
    if (resolve === undefined) {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
    } else {
      this.#resolve = undefined;
      resolve(chunk);
    }
  }

  /** The next chunk, then the failure if there was one, then `null` for good. */
  read(): Promise<Uint8Array | null> {
    if (this.#resolve !== undefined) return Promise.reject(new TypeError("Cannot read socket: another read is pending"));
    const chunk = this.#chunks.shift();
    if (chunk !== undefined) {
      this.#bytes -= chunk.length;
      return Promise.resolve(chunk);
    }
    if (this.#ended) return this.#readEnd();
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** No more will come: what is here is still given. The first end counts. */
  end(failure?: { readonly error: unknown }): void {
    if (this.#ended) return;
    this.#ended = true;
    const resolve = this.#resolve;
    this.#resolve = undefined;
    if (resolve === undefined) this.#failure = failure;
    else if (failure === undefined) resolve(null);
    else this.#reject!(failure.error);
  }

  /** The reader went away: nothing is given any more. */
  close(): void {
    this.end();
    this.#chunks.length = 0;
    this.#bytes = 0;
    this.#failure = undefined;
  }

  #readEnd(): Promise<null> {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure === undefined ? Promise.resolve(null) : Promise.reject(failure.error);
  }
}
