import { Buffer } from "node:buffer";
import process from "node:process";
import type { TlsOptions } from "../../socket/socket.ts";
import { Beat } from "./beat.ts";
import { Notice, Order, PumpMode, PumpState, RINGS_AT, Word } from "./layout.ts";
import { Link, type LinkOwner } from "./link.ts";
import type { BeatOrder, OpenOrder } from "./messages.ts";
import { Ring } from "./ring.ts";
import { Spin } from "./spin.ts";

/** How long the pump blocks behind an answer, for the caller's next request: a thread that blocks is woken fastest. */
const BLOCK_MS = 3;
/** How long it looks for that request before it blocks, if that pays. */
const SPIN_MS = 0.05;

interface Told {
  readonly type: number;
  readonly link: number;
  readonly payload: Uint8Array;
}

/** Moves bytes between sockets and the memory that it shares with a thread that blocks. Decides nothing. */
export class Pump implements LinkOwner {
  readonly #words: Int32Array;
  readonly #orders: Ring;
  readonly #notices: Ring;
  readonly #links = new Map<number, Link>();
  readonly #beats = new Map<number, Beat>();
  /** Of the payload of the order under way. */
  readonly #pieces: Uint8Array[] = [];
  /** What found no room. */
  readonly #backlog: Told[] = [];
  readonly #tls = new Map<string, TlsOptions>();
  readonly #spin = new Spin(SPIN_MS);
  #isListening = false;

  constructor(memory: SharedArrayBuffer) {
    const size = (memory.byteLength - RINGS_AT) / 2;
    this.#words = new Int32Array(memory);
    this.#orders = new Ring(memory, Word.TO_PUMP, RINGS_AT, size);
    this.#notices = new Ring(memory, Word.TO_CALLER, RINGS_AT + size, size);
  }

  /** Works from now on. */
  start(): void {
    process.on("exit", () => this.#enter(PumpState.DEAD));
    this.#enter(PumpState.RUNNING);
    this.#rest(false);
  }

  tell(type: number, link: number, payload: Uint8Array): boolean {
    if (type === Notice.OPENED) this.#beats.get(link)?.onOpened();
    else if (type === Notice.ENDED || type === Notice.FAILED) this.#beats.get(link)?.onGone();
    const { largest } = this.#notices;
    for (let at = 0; at === 0 || at < payload.length; at += largest) this.#put({ type, link, payload: payload.subarray(at, at + largest) });
    this.#ring();
    return this.#backlog.length === 0;
  }

  onQuiet(link: Link): void {
    if (!link.awaitsFrame) this.#rest(this.#isQuiet());
  }

  #put(told: Told): void {
    const { type, link, payload } = told;
    if (this.#backlog.length > 0 || !this.#notices.write(type, link, payload)) this.#backlog.push({ type, link, payload: payload.slice() });
  }

  #isQuiet(): boolean {
    for (const link of this.#links.values()) if (link.awaitsFrame) return false;
    return true;
  }

  /** Waits for orders: by blocking for a moment where that harms nobody, then in the event loop. */
  #rest(mayBlock: boolean): void {
    if (mayBlock) this.#block();
    do {
      this.#listen();
      Atomics.store(this.#words, Word.MODE, PumpMode.LISTENING);
    } while (this.#serve());
  }

  #block(): void {
    this.#spin.wait(() => this.#orders.next(), () => this.#blockOnBell());
    this.#serve();
  }

  #blockOnBell(): boolean {
    const seen = Atomics.load(this.#words, Word.BLOCK_BELL);
    Atomics.store(this.#words, Word.MODE, PumpMode.BLOCKED);
    const isRung = this.#orders.next() || Atomics.wait(this.#words, Word.BLOCK_BELL, seen, BLOCK_MS) !== "timed-out";
    Atomics.store(this.#words, Word.MODE, PumpMode.AWAKE);
    return isRung;
  }

  /** Has the event loop listen to the bell. It goes on listening while the pump blocks on the other one. */
  #listen(): void {
    if (this.#isListening) return;
    const wait = Atomics.waitAsync(this.#words, Word.ASYNC_BELL, Atomics.load(this.#words, Word.ASYNC_BELL));
    if (!wait.async) return this.#listen();
    this.#isListening = true;
    wait.value.then(() => {
      this.#isListening = false;
      Atomics.store(this.#words, Word.MODE, PumpMode.AWAKE);
      this.#serve();
      this.#rest(false);
    });
  }

  /** Does all that was ordered. Whether there was anything. */
  #serve(): boolean {
    const orders = this.#orders;
    let any = this.#catchUp();
    for (; orders.next(); any = true) {
      const { type, link } = orders;
      // A buffer of its own each time: the socket keeps it until the system has taken it.
      this.#obey(type, link, orders.take(Buffer.allocUnsafe(orders.length)));
      if (orders.isAwaited) this.#ring();
    }
    return any;
  }

  #obey(type: number, id: number, last: Uint8Array): void {
    if (type === Order.PIECE) return void this.#pieces.push(last);
    const payload = this.#pieces.length === 0 ? last : Buffer.concat([...this.#pieces.splice(0), last]);
    switch (type) {
      case Order.OPEN:
        return this.#open(id, payload);
      case Order.WRITE_PART:
        return this.#links.get(id)?.write(payload);
      case Order.WRITE:
        return this.#write(id, payload);
      case Order.CLOSE:
        return this.#close(id);
      case Order.PING:
        return void Atomics.store(this.#words, Word.PONG, id);
      case Order.END:
        return this.#end();
      case Order.BEAT:
        return this.#beat(id, payload);
      case Order.LAST_WORDS:
        return this.#sayLast(id, payload);
      case Order.REST:
        return this.#beats.get(id)?.stop();
      default:
        throw new Error(`Cannot obey order ${type}`);
    }
  }

  #open(id: number, payload: Uint8Array): void {
    this.#dial(id, JSON.parse(new TextDecoder().decode(payload)) as OpenOrder);
  }

  #dial(id: number, { tls, ...endpoint }: OpenOrder): Link {
    const link = new Link(id, this);
    this.#links.set(id, link);
    link.open(tls === undefined ? endpoint : { ...endpoint, tls: this.#known(tls) });
    return link;
  }

  /** A beat of a link that has one takes its place, over the same socket. */
  #beat(id: number, payload: Uint8Array): void {
    const end = payload.indexOf(10);
    const order = JSON.parse(new TextDecoder().decode(payload.subarray(0, end))) as BeatOrder;
    const former = this.#beats.get(id);
    former?.stop();
    const redial = (): Link => {
      this.#links.get(id)?.close();
      return this.#dial(id, order);
    };
    const onSilence = (ms: number): void => this.#links.get(id)?.fail(new Error(`no answer within ${ms} ms`));
    const link = former === undefined || former.isGone ? redial() : this.#links.get(id)!;
    this.#beats.set(id, new Beat(link, order, payload.slice(end + 1), { redial, onSilence }, former));
  }

  /** The same object for the same options: what was read of them is kept with it. */
  #known(tls: TlsOptions): TlsOptions {
    const key = JSON.stringify(tls);
    const known = this.#tls.get(key);
    if (known === undefined) this.#tls.set(key, tls);
    return known ?? tls;
  }

  #write(id: number, payload: Uint8Array): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    link.awaitsFrame = true;
    link.write(payload);
  }

  /** The beat stops: it would be heard behind them. */
  #sayLast(id: number, payload: Uint8Array): void {
    this.#beats.get(id)?.stop();
    this.#links.get(id)?.writeBehindAnswer(payload);
  }

  #close(id: number): void {
    this.#beats.get(id)?.stop();
    this.#beats.delete(id);
    this.#links.get(id)?.close();
    this.#links.delete(id);
  }

  /** The caller terminates the worker then. One that exits by itself meanwhile is left spinning by Deno 2.9. */
  #end(): void {
    for (const id of this.#links.keys()) this.#close(id);
    this.#enter(PumpState.DEAD);
  }

  /** Tells what found no room, now that the caller has made some. */
  #catchUp(): boolean {
    if (this.#backlog.length === 0) return false;
    const waiting = this.#backlog.splice(0);
    for (const told of waiting) this.#put(told);
    if (this.#backlog.length < waiting.length) this.#ring();
    if (this.#backlog.length === 0) { for (const link of this.#links.values()) link.resume(); }
    return this.#backlog.length < waiting.length;
  }

  #enter(state: number): void {
    Atomics.store(this.#words, Word.STATE, state);
    this.#ring();
  }

  #ring(): void {
    Atomics.add(this.#words, Word.CALLER_BELL, 1);
    Atomics.notify(this.#words, Word.CALLER_BELL);
  }
}
