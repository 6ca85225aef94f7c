interface Trouble {
  /** Failures in a row. */
  readonly failures: number;
  /** When it may be asked like others again. */
  readonly readyAt: number;
}

/** Which addresses fail, how often in a row, and until when they are left alone. No clock of its own; times are those of its callers. */
export class Health {
  readonly #backoff: (attempt: number) => number;
  readonly #troubles = new Map<string, Trouble>();

  /** @param backoff Milliseconds to keep away from an address after its n-th failure in a row, n from 1. */
  constructor(backoff: (attempt: number) => number) {
    this.#backoff = backoff;
  }

  /** How many addresses failed when they were asked last. */
  get failing(): number {
    return this.#troubles.size;
  }

  /** It answered. */
  succeeded(address: string): void {
    if (this.#troubles.size > 0) this.#troubles.delete(address);
  }

  /**
   * It failed. Failures while it is left alone are the same one: a lost connection fails all calls that it had.
   *
   * @returns How often in a row it failed.
   */
  failed(address: string, now: number): number {
    const trouble = this.#troubles.get(address);
    if (trouble !== undefined && now < trouble.readyAt) return trouble.failures;
    const failures = this.failuresOf(address) + 1;
    this.#troubles.set(address, { failures, readyAt: now + this.#backoff(failures) });
    return failures;
  }

  /** How often in a row it failed. */
  failuresOf(address: string): number {
    return this.#troubles.get(address)?.failures ?? 0;
  }

  /** When it may be asked like others again; 0 for one that does not fail. */
  readyAt(address: string): number {
    return this.#troubles.get(address)?.readyAt ?? 0;
  }

  /** Forgets all other addresses. */
  keepOnly(addresses: ReadonlySet<string>): void {
    for (const address of this.#troubles.keys()) if (!addresses.has(address)) this.#troubles.delete(address);
  }
}
