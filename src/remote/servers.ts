/** A server to ask, and how long to wait before. */
export interface Target {
  readonly address: string;
  readonly waitMs: number;
}

const NONE: ReadonlySet<string> = new Set();

interface Health {
  /** Failures in a row. */
  readonly failures: number;
  /** When it may be asked like others again. */
  readonly readyAt: number;
}

/**
 * The servers and what is known of them: who answered last, who failed and until when. No clock of its own; times are those of its callers.
 */
export class Servers {
  readonly #backoff: (attempt: number) => number;
  readonly #failing = new Map<string, Health>();
  #addresses: readonly string[];
  #last: string | undefined;

  /** @param backoff Milliseconds to keep away from a server after its n-th failure in a row, n from 1. */
  constructor(addresses: readonly string[], backoff: (attempt: number) => number) {
    this.#addresses = addresses;
    this.#backoff = backoff;
  }

  /** All of them, in the order given. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** Puts other servers in their place; what is known of those that stay is kept. */
  replace(addresses: readonly string[]): void {
    this.#addresses = addresses;
    for (const address of this.#failing.keys()) if (!addresses.includes(address)) this.#failing.delete(address);
    if (this.#last !== undefined && !addresses.includes(this.#last)) this.#last = undefined;
  }

  /** It answered: it is asked next, unless it has left the list meanwhile. */
  succeeded(address: string): void {
    if (this.#last !== address && this.#addresses.includes(address)) this.#last = address;
    if (this.#failing.size > 0) this.#failing.delete(address);
  }

  /**
   * It failed: it comes last until its backoff has passed. Failures meanwhile are the same one: a lost connection fails all calls that it
   * had.
   */
  failed(address: string, now: number): void {
    if (!this.#addresses.includes(address)) return;
    if (this.#last === address) this.#last = undefined;
    const health = this.#failing.get(address);
    if (health !== undefined && now < health.readyAt) return;
    const failures = (health?.failures ?? 0) + 1;
    this.#failing.set(address, { failures, readyAt: now + this.#backoff(failures) });
  }

  /** Whether each of them failed when it was asked last. */
  get allFailing(): boolean {
    return this.#failing.size === this.#addresses.length;
  }

  /** How often in a row it failed. */
  failuresOf(address: string): number {
    return this.#failing.get(address)?.failures ?? 0;
  }

  /** The best server for a new call. It is to be asked at once. */
  first(now: number): Target | undefined {
    const address = this.#last ?? this.untried(NONE, now);
    return address === undefined ? undefined : { address, waitMs: 0 };
  }

  /**
   * The best server that was not tried yet: the one that answered last, else the first that is not backing off, else the one that is ready
   * first. It is to be asked at once.
   */
  untried(tried: ReadonlySet<string>, now: number): string | undefined {
    if (this.#last !== undefined && !tried.has(this.#last)) return this.#last;
    let best: string | undefined;
    for (const address of this.#addresses) {
      if (tried.has(address)) continue;
      if (this.#readyAt(address) <= now) return address;
      if (best === undefined || this.#readyAt(address) < this.#readyAt(best)) best = address;
    }
    return best;
  }

  /** How many were not tried yet. */
  countUntried(tried: ReadonlySet<string>): number {
    return tried.size === 0 ? this.#addresses.length : this.#addresses.filter((address) => !tried.has(address)).length;
  }

  /** The server, but for those of `except`, that may be asked again first, and when. */
  soonest(except: ReadonlySet<string>, now: number): Target | undefined {
    const others = this.#addresses.filter((address) => !except.has(address));
    const [address] = others.sort((a, b) => this.#readyAt(a) - this.#readyAt(b));
    return address === undefined ? undefined : { address, waitMs: Math.max(0, this.#readyAt(address) - now) };
  }

  #readyAt(address: string): number {
    return this.#failing.get(address)?.readyAt ?? 0;
  }
}
