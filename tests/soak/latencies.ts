const STEP_MS = 0.1;
const STEPS = 100_000;

/** How long things took: counts by tenths of a millisecond, so that any number of them takes the same memory. */
export class Latencies {
  readonly #counts = new Uint32Array(STEPS);
  #total = 0;

  add(ms: number): void {
    this.#counts[Math.min(STEPS - 1, Math.floor(ms / STEP_MS))]!++;
    this.#total++;
  }

  /** Milliseconds that this share of them did not exceed, from 0 to 1. */
  quantile(share: number): number {
    let seen = 0;
    const index = this.#counts.findIndex((count) => (seen += count) >= share * this.#total);
    return (index + 1) * STEP_MS;
  }
}
