import type { Link } from "./link.ts";
import type { BeatOrder } from "./messages.ts";

/** An answer is waited for so long at least, however short the interval is. */
const PATIENCE_MS = 3000;

/** What a beat needs of the pump. */
export interface BeatOwner {
  /** Dials the link anew. */
  redial(): Link;
  /** The other side has not answered for so long. */
  onSilence(ms: number): void;
}

/** Writes one frame to one link again and again, and keeps the link open for it, while the caller computes or blocks. */
export class Beat {
  readonly #owner: BeatOwner;
  readonly #order: BeatOrder;
  readonly #frame: Uint8Array;
  #link: Link;
  #isOpen: boolean;
  #isGone = false;
  /** Of the link, since a frame was answered. */
  #failures = 0;
  #isStopped = false;
  #writtenAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Writes as soon as the link is open. @param former What wrote to the link before. */
  constructor(link: Link, order: BeatOrder, frame: Uint8Array, owner: BeatOwner, former: Beat | undefined) {
    this.#link = link;
    this.#order = order;
    this.#frame = frame;
    this.#owner = owner;
    this.#isOpen = former?.isOpen ?? false;
    if (this.#isOpen) this.#write();
    else this.#plan(order.intervalMs);
  }

  /** Whether the link takes bytes. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether the link is gone, and was not dialled again. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** The link is open. */
  onOpened(): void {
    this.#isOpen = true;
    this.#write();
  }

  /** The link is gone. */
  onGone(): void {
    if (this.#isOpen && !this.#link.awaitsFrame) this.#failures = 0;
    this.#isOpen = false;
    this.#isGone = true;
    const { retryMs } = this.#order;
    this.#plan(retryMs[this.#failures++] ?? retryMs.at(-1)!);
  }

  /** Writes no more. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #plan(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => this.#tick(), delayMs);
  }

  #tick(): void {
    const { intervalMs } = this.#order;
    if (this.#isOpen && this.#link.awaitsFrame) {
      if (performance.now() - this.#writtenAt < PATIENCE_MS) return this.#plan(intervalMs);
      this.#owner.onSilence(Math.max(intervalMs, PATIENCE_MS));
    }
    if (this.#isOpen) return this.#write();
    this.#isGone = false;
    this.#link = this.#owner.redial(); // one that is still being dialled has had its time
    this.#plan(intervalMs);
  }

  #write(): void {
    if (this.#isStopped) return;
    this.#link.awaitsFrame = true;
    this.#writtenAt = performance.now();
    this.#link.write(this.#frame);
    this.#plan(this.#order.intervalMs);
  }
}
