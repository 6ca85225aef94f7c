/** So many timeouts in a row, with not a byte received meanwhile, make a connection suspect. */
export const SUSPECT_AFTER = 3;

/**
 * What timeouts say about a connection. A timeout counts if its call began behind the last one that counted: a hundred calls that waited
 * together and ended together are one silence, not a hundred. A byte from the server, and be it of a late answer, starts the count anew.
 */
export class Liveness {
  #silences = 0;
  #lastAt = -Infinity;

  /** Whether the server has not been heard for so long that it may be gone. */
  get isSuspect(): boolean {
    return this.#silences >= SUSPECT_AFTER;
  }

  /** The server sent something. */
  received(): void {
    this.#silences = 0;
  }

  /** A call got no answer within `timeoutMs`, or no room to be sent; `now` is when that was noticed. */
  timedOut(timeoutMs: number, now: number): void {
    if (now - timeoutMs < this.#lastAt) return;
    this.#silences++;
    this.#lastAt = now;
  }
}
