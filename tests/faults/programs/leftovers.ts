import { readdirSync } from "node:fs";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

/** Standard streams. */
const ALWAYS_THERE = /^(Pipe|TTY|FSReq|Immediate)/;
const GIVEN_BACK_MS = 10_000;

/** Counts from its making on what a program starts and does not end. */
export class Leftovers {
  /** Timers that were set and neither fired nor cleared. */
  readonly #timers = new Set<unknown>();
  #workers = 0;

  constructor() {
    const { setTimeout, setInterval, clearTimeout, clearInterval, Worker } = globalThis;
    const timers = this.#timers;
    const set = (original: typeof setTimeout, once: boolean) => (callback: (...args: unknown[]) => void, ...rest: never[]) => {
      const id: unknown = original((...args: unknown[]) => {
        if (once) timers.delete(id);
        callback(...args);
      }, ...rest);
      timers.add(id);
      return id;
    };
    const clear = (original: typeof clearTimeout) => (id: never) => {
      timers.delete(id);
      original(id);
    };
    Object.assign(globalThis, {
      setTimeout: set(setTimeout, true),
      setInterval: set(setInterval as never, false),
      clearTimeout: clear(clearTimeout),
      clearInterval: clear(clearInterval),
    });
    const count = (): void => void this.#workers++;
    if (Worker !== undefined) {
      globalThis.Worker = class extends Worker {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          count();
        }
      };
    }
  }

  /** How many sockets, pipes and files are open; 0 where the system does not tell. */
  descriptors(): number {
    try {
      return readdirSync("/proc/self/fd").length;
    } catch {
      return 0;
    }
  }

  /** All that is left, a line each. @param before Descriptors that were open before; closed ones are given back a moment later. */
  async told(before: number): Promise<readonly string[]> {
    const timers = this.#timers.size;
    for (const deadline = performance.now() + GIVEN_BACK_MS; this.descriptors() > before && performance.now() < deadline;) await delay(20);
    const resources = process.getActiveResourcesInfo?.().filter((name) => !ALWAYS_THERE.test(name)) ?? [];
    return [
      `timers: ${timers}`,
      `workers: ${this.#workers}`,
      `descriptors: ${Math.max(0, this.descriptors() - before)}`,
      `resources: ${resources.join(" ") || "none"}`,
    ];
  }
}
