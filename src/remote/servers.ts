import { Health } from "./health.ts";

/** A server to ask, and how long to wait before. */
export interface Target {
  readonly address: string;
  readonly waitMs: number;
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The servers and what is known of them: who answered last, who failed and until when. No clock of its own; times are those of its callers.
 */
export class Servers {
  readonly #health: Health;
  #addresses: readonly string[];
  #last: string | undefined;

  /** @param backoff Milliseconds to keep away from a server after its n-th failure in a row, n from 1. */
  constructor(addresses: readonly string[], backoff: (attempt: number) => number) {
    this.#addresses = addresses;
    this.#health = new Health(backoff);
  }

  /** All of them, in the order given. */
  get addresses(): readonly string[] {
    return this.#addresses;
  }

  /** Puts other servers in their place; what is known of those that stay is kept. */
  replace(addresses: readonly string[]): void {
    this.#addresses = addresses;
    this.#health.keepOnly(new Set(addresses));
    if (this.#last !== undefined && !addresses.includes(this.#last)) this.#last = undefined;
  }

  /** It answered: it is asked next, unless it has left the list meanwhile. */
  succeeded(address: string): void {
    if (this.#last !== address && this.#addresses.includes(address)) this.#last = address;
    this.#health.succeeded(address);
  }

  /** It failed: it comes last until its backoff has passed. */
  failed(address: string, now: number): void {
    if (!this.#addresses.includes(address)) return;
    if (this.#last === address) this.#last = undefined;
    this.#health.failed(address, now);
  }

  /** Whether each of them failed when it was asked last. */
  get allFailing(): boolean {
    return this.#health.failing === this.#addresses.length;
  }

  /** How often in a row it failed. */
  failuresOf(address: string): number {
    return this.#health.failuresOf(address);
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
      if (this.#health.readyAt(address) <= now) return address;
      if (best === undefined || this.#health.readyAt(address) < this.#health.readyAt(best)) best = address;
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
    const [address] = others.sort((a, b) => this.#health.readyAt(a) - this.#health.readyAt(b));
    return address === undefined ? undefined : { address, waitMs: Math.max(0, this.#health.readyAt(address) - now) };
  }
}
