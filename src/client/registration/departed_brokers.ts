/** Rounds for which the connection to a broker outlasts its place in the list: a NameServer that restarts knows none for a while. */
const ROUNDS_OF_GRACE = 2;

/** Brokers that nobody tells anything any more, and since how many rounds. */
export class DepartedBrokers {
  #present: ReadonlySet<string> = new Set();
  readonly #departed = new Map<string, number>();

  /** One round is over. @param present Brokers that are told now. @returns Those whose connection has no use any more. */
  round(present: ReadonlySet<string>): readonly string[] {
    for (const address of this.#present) if (!present.has(address)) this.#departed.set(address, 0);
    this.#present = present;
    const useless: string[] = [];
    for (const [address, rounds] of this.#departed) {
      if (present.has(address) || rounds >= ROUNDS_OF_GRACE) this.#departed.delete(address);
      else this.#departed.set(address, rounds + 1);
      if (!present.has(address) && rounds >= ROUNDS_OF_GRACE) useless.push(address);
    }
    return useless;
  }
}
