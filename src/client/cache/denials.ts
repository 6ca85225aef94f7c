import type { TopicNotFoundError } from "../../errors.ts";

interface Denial {
  readonly error: TopicNotFoundError;
  readonly until: number;
}

/** Topics that servers said do not exist, for a short while. */
export class Denials {
  readonly #ttlMs: number;
  readonly #most: number;
  /** Oldest first: all are remembered for as long. */
  readonly #denials = new Map<string, Denial>();

  /** @param most How many are remembered at most. */
  constructor(ttlMs: number, most: number) {
    this.#ttlMs = ttlMs;
    this.#most = most;
  }

  /** What a server said of the topic, if that is not too long ago. */
  find(topic: string, now: number): TopicNotFoundError | undefined {
    const denial = this.#denials.get(topic);
    return denial !== undefined && now < denial.until ? denial.error : undefined;
  }

  /** Remembers it; forgets those whose time is over. */
  add(topic: string, error: TopicNotFoundError, now: number): void {
    if (this.#ttlMs === 0) return;
    this.#denials.delete(topic);
    this.#denials.set(topic, { error, until: now + this.#ttlMs });
    for (const [oldest, { until }] of this.#denials) {
      if (until > now && this.#denials.size <= this.#most) return;
      this.#denials.delete(oldest);
    }
  }

  /** Forgets what was said of a topic, or of all. */
  forget(topic?: string): void {
    if (topic === undefined) this.#denials.clear();
    else if (this.#denials.size > 0) this.#denials.delete(topic);
  }
}
