import type { KeptRoute } from "./kept_route.ts";

/** Routes that come due within so much of `ttlMs` are asked for together. */
const SLOTS = 64;
const SHORTEST_SLOT_MS = 4;
/** Routes are renewed before they are stale: at first between these shares of `ttlMs`, since many may have come together, … */
const EARLIEST = 0.3, LATEST = 0.95;
/** … then later, for they are spread by now, and a renewal before its time is one too many. */
const EARLIEST_LATER = 0.75;
/** Multiples of it, without their integers, lie evenly however many there are. */
const GOLDEN = 0.6180339887498949;

/** When which routes are to be renewed. No timer or clock of its own. */
export class RefreshSchedule {
  readonly #ttlMs: number;
  readonly #slotMs: number;
  readonly #slots = new Map<number, KeptRoute[]>();
  #added = 0;

  constructor(ttlMs: number) {
    this.#ttlMs = ttlMs;
    this.#slotMs = Math.max(SHORTEST_SLOT_MS, ttlMs / SLOTS);
  }

  /** When the next routes come due; `undefined` if none is waiting. */
  get nextAt(): number | undefined {
    let next: number | undefined;
    for (const slot of this.#slots.keys()) if (next === undefined || slot < next) next = slot;
    return next === undefined ? undefined : next * this.#slotMs;
  }

  /** Plans the next renewal of a route, in place of the one planned before. @returns When. */
  add(kept: KeptRoute): number {
    const share = (this.#added++ * GOLDEN) % 1;
    const earliest = kept.isSpread ? EARLIEST_LATER : EARLIEST;
    const dueAt = kept.checkedAt + this.#ttlMs * (earliest + share * (LATEST - earliest));
    kept.isSpread = true;
    const slot = Math.ceil(dueAt / this.#slotMs);
    kept.dueSlot = slot;
    const others = this.#slots.get(slot);
    if (others === undefined) this.#slots.set(slot, [kept]);
    else others.push(kept);
    return slot * this.#slotMs;
  }

  /** Takes out what is due, but for routes that left the cache or were planned anew. */
  take(now: number): readonly KeptRoute[] {
    const due: KeptRoute[] = [];
    for (const [slot, routes] of this.#slots) {
      if (slot * this.#slotMs > now) continue;
      this.#slots.delete(slot);
      for (const kept of routes) {
        if (kept.removed || kept.dueSlot !== slot) continue;
        kept.dueSlot = undefined;
        due.push(kept);
      }
    }
    return due;
  }
}
