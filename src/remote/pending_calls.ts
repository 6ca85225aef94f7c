import type { Call } from "./call.ts";

const MAX_OPAQUE = 0x7fffffff;
const SMALLEST = 64;

/**
 * Calls that were sent and are not answered yet, by opaque.
 *
 * Opaques are given out in turn, so the low bits of one are a place in an array, at least twice as long as there are calls; an opaque whose
 * place is still taken is passed over. A `Map` would leave a trail: its outgrown tables keep each other, and the calls in them, alive until
 * the next full collection.
 */
export class PendingCalls {
  #places: (Call | undefined)[] = new Array(SMALLEST).fill(undefined);
  #size = 0;
  #last: number;

  /** @param last The opaque before the first one that is given out. */
  constructor(last: number = 0) {
    this.#last = last;
  }

  /** How many there are. */
  get size(): number {
    return this.#size;
  }

  /** Gives a call an opaque that is not in flight, behind the last one that was given out, 1 behind 2^31 − 1. */
  add(call: Call): void {
    if (2 * this.#size >= this.#places.length) this.#grow();
    const mask = this.#places.length - 1;
    do this.#last = this.#last === MAX_OPAQUE ? 1 : this.#last + 1; while (this.#places[this.#last & mask] !== undefined);
    call.opaque = this.#last;
    this.#places[this.#last & mask] = call;
    this.#size++;
  }

  /** The call with this opaque, which is forgotten: an answer finds it once. */
  take(opaque: number): Call | undefined {
    const place = opaque & (this.#places.length - 1);
    const call = this.#places[place];
    if (call === undefined || call.opaque !== opaque) return undefined;
    this.#places[place] = undefined;
    this.#size--;
    return call;
  }

  /** All of them, which are forgotten. */
  takeAll(): readonly Call[] {
    const calls = this.#places.filter((call) => call !== undefined);
    this.#places = new Array(SMALLEST).fill(undefined);
    this.#size = 0;
    return calls;
  }

  /** Calls whose places differ still differ in one more bit. */
  #grow(): void {
    const places: (Call | undefined)[] = new Array(2 * this.#places.length).fill(undefined);
    for (const call of this.#places) if (call !== undefined) places[call.opaque & (places.length - 1)] = call;
    this.#places = places;
  }
}
