interface Trouble {
  /** Failures in a row. */
  readonly failures: number;
  /** When it may be told again. */
  readonly readyAt: number;
}

/** Brokers that fail, and until when they are left alone: one that is dead is not dialled by every client in turn. */
export class BrokerHealth {
  readonly #backoff: (attempt: number) => number;
  readonly #troubles = new Map<string, Trouble>();

  /** @param backoff Milliseconds to leave a broker alone after its n-th failure in a row, n from 1. */
  constructor(backoff: (attempt: number) => number) {
    this.#backoff = backoff;
  }

  /** It answered. */
  succeeded(address: string): void {
    this.#troubles.delete(address);
  }

  /** It failed; failures while it is left alone are the same one. Gives how many there were in a row. */
  failed(address: string, now: number): number {
    const trouble = this.#troubles.get(address);
    if (trouble !== undefined && now < trouble.readyAt) return trouble.failures;
    const failures = (trouble?.failures ?? 0) + 1;
    this.#troubles.set(address, { failures, readyAt: now + this.#backoff(failures) });
    return failures;
  }

  /** When it may be told again. */
  readyAt(address: string): number {
    return this.#troubles.get(address)?.readyAt ?? 0;
  }

  /** Forgets brokers that nobody is in touch with. */
  keepOnly(addresses: ReadonlySet<string>): void {
    for (const address of this.#troubles.keys()) if (!addresses.has(address)) this.#troubles.delete(address);
  }
}
