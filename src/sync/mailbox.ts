import { NameServerError } from "../errors.ts";
import { Order, PumpMode, PumpState, RINGS_AT, Word } from "./pump/layout.ts";
import { Ring } from "./pump/ring.ts";
import { Spin } from "./pump/spin.ts";
import type { PumpWorker, StartWorker } from "./start_worker.ts";

/** How often the worker is asked for a sign of life while the caller waits. */
const PING_MS = 1000;
/** Pings in a row that a worker may leave unanswered. */
const MAX_MISSED = 3;
/** How long the caller looks for an answer before it blocks, if that pays. */
const SPIN_MS = 0.1;
/** How long a worker gets to close its sockets. */
const END_MS = 200;
const NOTHING = new Uint8Array(0);

/** Hears what the pump says. May not send. */
export interface MailboxReader {
  /** @param payload Valid until the next notice. */
  onNotice(type: number, link: number, payload: Uint8Array): void;
}

/** The caller's end of the memory that it shares with the pump: sends orders, hears notices, waits by blocking. */
export class Mailbox {
  readonly #reader: MailboxReader;
  readonly #words: Int32Array;
  readonly #orders: Ring;
  readonly #notices: Ring;
  readonly #incoming: Uint8Array;
  readonly #worker: PumpWorker;
  readonly #spin = new Spin(SPIN_MS);
  #pings = 0;
  #missed = 0;

  /** Starts a worker. @param ringBytes Memory in each direction: a power of two. */
  constructor(ringBytes: number, reader: MailboxReader, startWorker: StartWorker) {
    const memory = new SharedArrayBuffer(RINGS_AT + 2 * ringBytes);
    this.#reader = reader;
    this.#words = new Int32Array(memory);
    this.#orders = new Ring(memory, Word.TO_PUMP, RINGS_AT, ringBytes);
    this.#notices = new Ring(memory, Word.TO_CALLER, RINGS_AT + ringBytes, ringBytes);
    this.#incoming = new Uint8Array(this.#notices.largest);
    this.#worker = startWorker(memory);
  }

  /** Bytes that one order carries at most. */
  get largest(): number {
    return this.#orders.largest;
  }

  /** Whether the worker has ended. */
  get isDead(): boolean {
    return Atomics.load(this.#words, Word.STATE) === PumpState.DEAD;
  }

  /** Sends an order; `false` where there was no room for it until that time. @throws {NameServerError} `NAMESRV_WORKER_DIED`. */
  send(type: number, link: number, payload: Uint8Array = NOTHING, until: number = Infinity): boolean {
    const { largest } = this;
    let at = 0;
    for (; payload.length - at > largest; at += largest) {
      if (!this.#sendPiece(Order.PIECE, link, payload.subarray(at, at + largest), until)) return false;
    }
    return this.#sendPiece(type, link, at === 0 ? payload : payload.subarray(at), until);
  }

  #sendPiece(type: number, link: number, payload: Uint8Array, until: number): boolean {
    // The bell is looked at before the ring is: room that is made in between rings it, and nothing else might.
    for (let seen = this.#bell(); !this.#orders.write(type, link, payload); seen = this.#bell()) {
      if (performance.now() >= until) return false;
      this.wait(until, seen);
    }
    this.#wake();
    return true;
  }

  /** Hears all that was said. Whether it was anything. */
  hear(): boolean {
    const notices = this.#notices;
    let any = false;
    for (; notices.next(); any = true) {
      const { type, link } = notices;
      const payload = notices.take(this.#incoming);
      if (notices.isAwaited) this.#wake();
      this.#reader.onNotice(type, link, payload);
    }
    return any;
  }

  /**
   * Blocks until something was said and heard, the pump has made room, or the time is over.
   *
   * @param until On the clock of `performance.now`.
   * @param seen The bell, as it was before the caller looked for what it waits for.
   * @throws {NameServerError} `NAMESRV_WORKER_DIED` if the worker ended, or shows no sign of life for some seconds.
   */
  wait(until: number, seen: number = this.#bell()): void {
    for (;; seen = this.#bell()) {
      if (this.hear()) return void (this.#missed = 0);
      if (this.isDead) throw died("it ended");
      const left = until - performance.now();
      if (left <= 0) return;
      if (!this.#isRung(seen, Math.min(left, PING_MS))) {
        if (left > PING_MS) this.#ping();
      } else if (!this.#notices.next()) return; // room was made, or the worker ended
    }
  }

  /** Blocks until the bell is another than it was, or the time is over. */
  #isRung(seen: number, ms: number): boolean {
    return this.#spin.wait(() => this.#bell() !== seen, () => Atomics.wait(this.#words, Word.CALLER_BELL, seen, ms) !== "timed-out");
  }

  /** Has the pump close its sockets, and ends the worker. */
  close(): void {
    const until = performance.now() + END_MS;
    try {
      if (!this.isDead && this.send(Order.END, 0, NOTHING, until)) { while (performance.now() < until) this.wait(until); }
    } catch {
      // it ended, as it should
    }
    this.#worker.terminate();
  }

  /** Ends the worker, which does not answer. */
  abandon(): void {
    this.#worker.terminate();
  }

  #bell(): number {
    return Atomics.load(this.#words, Word.CALLER_BELL);
  }

  #ping(): void {
    if (Atomics.load(this.#words, Word.STATE) === PumpState.STARTING) return; // the call's deadline counts then
    if (Atomics.load(this.#words, Word.PONG) === this.#pings) this.#missed = 0;
    else if (++this.#missed >= MAX_MISSED) throw died(`no sign of life for ${MAX_MISSED} s`);
    if (this.#orders.write(Order.PING, this.#pings + 1, NOTHING)) this.#pings++;
    this.#wake();
  }

  /** Wakes the pump, unless it is awake: then it looks for orders before it rests. */
  #wake(): void {
    const mode = Atomics.load(this.#words, Word.MODE);
    if (mode === PumpMode.AWAKE) return;
    const bell = mode === PumpMode.BLOCKED ? Word.BLOCK_BELL : Word.ASYNC_BELL;
    Atomics.add(this.#words, bell, 1);
    Atomics.notify(this.#words, bell);
  }
}

function died(reason: string): NameServerError {
  return new NameServerError(`Cannot wait for the worker of the client: ${reason}`, { code: "NAMESRV_WORKER_DIED" });
}
