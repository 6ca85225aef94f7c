import { ask } from "../real/ask.ts";
import type { SoakServer } from "./soak_server.ts";

const PROBE_EVERY_MS = 500;
/** A server that takes longer for a question of no weight counts as unwell, on a machine that is too busy. */
const PROMPT_MS = 250;

interface Span {
  readonly from: number;
  to: number;
}

/**
 * When a server was not well: from the moment before something is done to it until it answers again, and whenever it answers an independent
 * probe, on a connection and by code of its own, slowly or not at all.
 */
export class Health {
  readonly server: SoakServer;
  readonly #unwell: Span[] = [];
  #troubled: Span | undefined;
  #stopped = false;
  #timer: { readonly id: ReturnType<typeof setTimeout>; readonly wake: () => void } | undefined;
  #probing: Promise<void> | undefined;
  #slowProbes = 0;

  constructor(server: SoakServer) {
    this.server = server;
  }

  /** Probes that were slow although nothing was done to the server. */
  get slowProbes(): number {
    return this.#slowProbes;
  }

  /** Whether the server was well all the time. */
  wasWell(from: number, to: number): boolean {
    return !this.#unwell.some((span) => span.from <= to && span.to >= from);
  }

  /** Milliseconds of a span in which it was not well; spans of trouble and of slow probes do not overlap. */
  unwellMs(from: number, to: number): number {
    return this.#unwell.reduce((sum, span) => sum + Math.max(0, Math.min(to, span.to) - Math.max(from, span.from)), 0);
  }

  /** Does something to the server. */
  async during(trouble: () => Promise<void>): Promise<void> {
    const span = this.#troubled = { from: performance.now(), to: Infinity };
    this.#unwell.push(span);
    await trouble();
    span.to = performance.now();
    this.#troubled = undefined;
  }

  /** Begins to probe. */
  start(): void {
    this.#probing = this.#probe();
  }

  /** Probes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== undefined) {
      clearTimeout(this.#timer.id);
      this.#timer.wake();
    }
    await this.#probing;
  }

  async #probe(): Promise<void> {
    while (!this.#stopped) {
      await new Promise<void>((wake) => this.#timer = { id: setTimeout(wake, PROBE_EVERY_MS), wake });
      if (this.#troubled !== undefined || this.#stopped) continue;
      const from = performance.now();
      const answered = await ask(this.server.address, 106).then(({ code }) => code === 0, () => false);
      const to = performance.now();
      const isTroubled = this.#unwell.at(-1)?.to === Infinity || this.#unwell.some((span) => span.to >= from);
      if (isTroubled || (answered && to - from <= PROMPT_MS)) continue;
      this.#slowProbes++;
      this.#unwell.push({ from, to });
    }
  }
}
