/** A clock that stands still until it is told to go on. */
export class FakeClock {
  #now = 1_700_000_000_000;

  /** The time, in milliseconds since the epoch. */
  readonly now = (): number => this.#now;

  advance(ms: number): void {
    this.#now += ms;
  }
}
