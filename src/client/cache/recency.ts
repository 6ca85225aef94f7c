import type { KeptRoute } from "./kept_route.ts";

/** Routes in the order of their last use. */
export class Recency {
  #newest: KeptRoute | undefined;
  #oldest: KeptRoute | undefined;

  /** The one that was not used for longest. */
  get oldest(): KeptRoute | undefined {
    return this.#oldest;
  }

  /** Puts it first, whether it is in already or not. */
  use(kept: KeptRoute): void {
    if (this.#newest === kept) return;
    this.delete(kept);
    kept.older = this.#newest;
    if (this.#newest !== undefined) this.#newest.newer = kept;
    this.#newest = kept;
    this.#oldest ??= kept;
  }

  /** Takes it out, if it is in. */
  delete(kept: KeptRoute): void {
    const { newer, older } = kept;
    if (newer !== undefined) newer.older = older;
    else if (this.#newest === kept) this.#newest = older;
    if (older !== undefined) older.newer = newer;
    else if (this.#oldest === kept) this.#oldest = newer;
    kept.newer = kept.older = undefined;
  }
}
