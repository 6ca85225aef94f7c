import type { Timers } from "./timers.ts";

/** Something that ends at a time, unless it is done before. */
export interface Deadline {
  /** Called when the time has come. It is not in the queue any more then. */
  onDeadline(): void;
  /** Bookkeeping of the queue: where it is, and its neighbours there. */
  slot: Slot | undefined;
  previous: Deadline | undefined;
  next: Deadline | undefined;
}

/** Deadlines that end within the same few milliseconds: bookkeeping of the queue. */
export interface Slot {
  readonly dueAt: number;
  first: Deadline | undefined;
}

/** Deadlines are rounded up to this many milliseconds. */
const GRAIN_MS = 16;
/** How long sockets have to be read where a timer is late: one turn of the event loop is not always enough for a runtime to get to them. */
const BREATH_MS = 10;
/** Longer delays make timers of all runtimes fire at once. One that fires too early is set anew. */
const LONGEST_DELAY_MS = 0x7fffffff;

/**
 * All deadlines of a remote under one timer, since a timer for each call would cost more than the call. As long as a deadline is in the
 * queue the process stays alive: sockets do not hold it, calls in flight do.
 */
export class Deadlines {
  readonly #timers: Timers;
  readonly #slots = new Map<number, Slot>();
  #size = 0;
  #timer: unknown;
  #firesAt = Infinity;

  /** @param timers Clock and timers of the runtime. */
  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Milliseconds on a clock that never goes back. */
  now(): number {
    return this.#timers.now();
  }

  /** Puts a deadline into the queue, where it is once at most. @param dueAt On the clock of {@link now}. */
  add(deadline: Deadline, dueAt: number): void {
    const key = Math.ceil(dueAt / GRAIN_MS);
    let slot = this.#slots.get(key);
    if (slot === undefined) this.#slots.set(key, slot = { dueAt: key * GRAIN_MS, first: undefined });
    link(deadline, slot);
    if (this.#size++ === 0 && this.#timer !== undefined) this.#timers.hold(this.#timer, true);
    if (slot.dueAt < this.#firesAt) this.#arm(slot.dueAt);
  }

  /** Takes a deadline out, if it is in. */
  delete(deadline: Deadline): void {
    if (deadline.slot === undefined) return;
    unlink(deadline, deadline.slot);
    if (--this.#size === 0 && this.#timer !== undefined) this.#timers.hold(this.#timer, false);
  }

  /** Stops the timer. Nothing may be in the queue any more. */
  close(): void {
    this.#disarm();
    this.#slots.clear();
  }

  #arm(dueAt: number): void {
    this.#disarm();
    this.#firesAt = dueAt;
    this.#timer = this.#timers.set(() => this.#fire(), Math.min(LONGEST_DELAY_MS, Math.max(0, dueAt - this.now())));
  }

  #disarm(): void {
    if (this.#timer !== undefined) this.#timers.clear(this.#timer);
    this.#timer = undefined;
    this.#firesAt = Infinity;
  }

  /**
   * Time has come, or the timer is late since the thread was busy. Answers may have arrived meanwhile and lie in the socket: they get a turn
   * of the event loop to be read before anything expires, and a moment where the thread was busy for long.
   */
  #fire(): void {
    const now = this.now();
    const isLate = now - this.#firesAt > GRAIN_MS;
    this.#firesAt = now;
    this.#timer = this.#timers.set(() => this.#expire(now), isLate ? BREATH_MS : 0);
    if (this.#size === 0) this.#timers.hold(this.#timer, false);
  }

  #expire(now: number): void {
    this.#timer = undefined;
    this.#firesAt = Infinity;
    const due: Slot[] = [];
    let nextAt = Infinity;
    for (const [key, slot] of this.#slots) {
      if (slot.dueAt <= now) due.push(slot);
      else if (slot.first !== undefined) nextAt = Math.min(nextAt, slot.dueAt);
      if (slot.dueAt <= now || slot.first === undefined) this.#slots.delete(key);
    }
    if (nextAt < Infinity) this.#arm(nextAt);
    for (const slot of due) this.#end(slot);
  }

  #end(slot: Slot): void {
    for (let deadline = slot.first; deadline !== undefined; deadline = slot.first) {
      this.delete(deadline);
      deadline.onDeadline();
    }
  }
}

function link(deadline: Deadline, slot: Slot): void {
  const next = slot.first;
  deadline.slot = slot;
  deadline.previous = undefined;
  deadline.next = next;
  if (next !== undefined) next.previous = deadline;
  slot.first = deadline;
}

function unlink(deadline: Deadline, slot: Slot): void {
  const { previous, next } = deadline;
  if (previous === undefined) slot.first = next;
  else previous.next = next;
  if (next !== undefined) next.previous = previous;
  deadline.slot = undefined;
  // Else one that the collector has moved to its old generation would keep all that came after it alive.
  deadline.previous = undefined;
  deadline.next = undefined;
}
