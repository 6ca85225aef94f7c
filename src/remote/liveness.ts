/** So many timeouts in a row, with not a byte received meanwhile, make a connection suspect. */
export const SUSPECT_AFTER = 3;
/** A probe that nothing followed for so many milliseconds says that nobody is there. */
export const PROBE_MS = 3000;

/**
 * What timeouts say about a connection: whether the other end is gone without a word, no FIN, no RST, just silence. A timeout counts if its
 * call began behind the last one that counted: a hundred calls that waited together and ended together are one silence, not a hundred. A
 * byte from the server, and be it of a late answer, starts the count anew. No clock of its own; times are those of its callers.
 */
export class Liveness {
  #silences = 0;
  #lastAt = -Infinity;
  #deadAt = Infinity;

  /** Whether the server has not been heard for so long that it may be gone, and has yet to be probed. */
  get isSuspect(): boolean {
    return this.#silences >= SUSPECT_AFTER && this.#deadAt === Infinity;
  }

  /** When it is given up: nothing has come behind the probe by then. `Infinity` while none is out. */
  get deadAt(): number {
    return this.#deadAt;
  }

  /** The server sent something. @returns Whether a probe was out, to which this is an answer as good as any. */
  received(): boolean {
    const isProbed = this.#deadAt !== Infinity;
    this.#silences = 0;
    this.#deadAt = Infinity;
    return isProbed;
  }

  /** A call got no answer within `timeoutMs`, or no room to be sent; `now` is when that was noticed. */
  timedOut(timeoutMs: number, now: number): void {
    if (now - timeoutMs < this.#lastAt) return;
    this.#silences++;
    this.#lastAt = now;
  }

  /** A probe was sent. */
  probed(now: number): void {
    this.#deadAt = now + PROBE_MS;
  }
}
