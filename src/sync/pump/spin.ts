/** Waits of a trial, every other one of which spins. */
const TRIAL = 16;
/** Waits between two trials: twice as many each time that a trial ends like the one before. */
const LEAST_BETWEEN = 64, MOST_BETWEEN = 4096;
/** A wait counts as so many milliseconds at most: one that took longer was long for other reasons. */
const MOST_MS = 0.2;
/** What waits that spin take of the others' time, at most, for spinning to be worth a processor. */
const WORTHWHILE = 0.9;
/** Looks between two looks at the clock, which cost more. */
const LOOKS = 32;

/**
 * Has a thread look for something again and again before it blocks, since being woken may take longer than what is waited for. It does so only as
 * long as waits are shorter for it, which trials tell: where the other thread has no processor of its own they are longer.
 */
export class Spin {
  readonly #ms: number;
  readonly #now: () => number;
  #isWorthwhile = false;
  /** Waits up to the next trial. */
  #left = 0;
  #between = LEAST_BETWEEN;
  /** Waits of the trial that is going on, and milliseconds that both kinds of them took. */
  #waits = 0;
  #spun = 0;
  #blocked = 0;

  /** @param ms How long it looks at most. */
  constructor(ms: number, now: () => number = () => performance.now()) {
    this.#ms = ms;
    this.#now = now;
  }

  /** Waits until something is so. @param block Blocks until then, or for some time. @returns Whether it was seen, or else what `block` gives. */
  wait(isSo: () => boolean, block: () => boolean): boolean {
    if (this.#left === 0) return this.#try(isSo, block);
    this.#left--;
    return this.#isWorthwhile && this.#sees(isSo) || block();
  }

  #sees(isSo: () => boolean): boolean {
    const until = this.#now() + this.#ms;
    do {
      for (let looks = 0; looks < LOOKS; looks++) if (isSo()) return true;
    } while (this.#now() < until);
    return false;
  }

  #try(isSo: () => boolean, block: () => boolean): boolean {
    const spins = this.#waits % 2 === 0;
    const started = this.#now();
    const result = spins && this.#sees(isSo) || block();
    const ms = Math.min(this.#now() - started, MOST_MS);
    if (spins) this.#spun += ms;
    else this.#blocked += ms;
    if (++this.#waits === TRIAL) this.#conclude();
    return result;
  }

  #conclude(): void {
    const isWorthwhile = this.#spun < this.#blocked * WORTHWHILE;
    this.#between = isWorthwhile === this.#isWorthwhile ? Math.min(2 * this.#between, MOST_BETWEEN) : LEAST_BETWEEN;
    this.#isWorthwhile = isWorthwhile;
    this.#left = this.#between;
    this.#waits = this.#spun = this.#blocked = 0;
  }
}
