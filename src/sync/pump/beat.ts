import type { Link } from "./link.ts";

/** A link that broke is dialled again after so many milliseconds, or after the interval where that is shorter. */
const RETRY_MS = 3000;

/** What a beat needs of the pump. */
export interface BeatOwner {
  /** Dials the link anew. */
  redial(): Link;
  /** The other side has not answered for a whole interval. */
  onSilence(intervalMs: number): void;
}

/** Writes one frame to one link again and again, and keeps the link open for it, while the caller computes or blocks. */
export class Beat {
  readonly #owner: BeatOwner;
  readonly #intervalMs: number;
  readonly #frame: Uint8Array;
  #link: Link;
  #isOpen = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Writes as soon as the link is open. */
  constructor(link: Link, isOpen: boolean, frame: Uint8Array, intervalMs: number, owner: BeatOwner) {
    this.#link = link;
    this.#frame = frame;
    this.#intervalMs = intervalMs;
    this.#owner = owner;
    if (isOpen) this.onOpened();
    else this.#plan(intervalMs);
  }

  /** Whether the link takes bytes. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** The link is open. */
  onOpened(): void {
    this.#isOpen = true;
    this.#write();
  }

  /** The link is gone. */
  onGone(): void {
    this.#isOpen = false;
    this.#plan(Math.min(RETRY_MS, this.#intervalMs));
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
    if (this.#isOpen && this.#link.awaitsFrame) this.#owner.onSilence(this.#intervalMs);
    if (this.#isOpen) return this.#write();
    this.#link = this.#owner.redial(); // one that is still being dialled has had its time
    this.#plan(this.#intervalMs);
  }

  #write(): void {
    if (this.#isStopped) return;
    this.#link.awaitsFrame = true;
    this.#link.write(this.#frame);
    this.#plan(this.#intervalMs);
  }
}
