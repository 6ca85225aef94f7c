/** Timers of the runtime that can be told not to keep the process alive. */
export interface Timers {
  /** Milliseconds on a clock that never goes back. */
  now(): number;
  /** Calls back once, after `delayMs`. */
  set(callback: () => void, delayMs: number): unknown;
  /** Takes it back. */
  clear(handle: unknown): void;
  /** Whether the process waits for it. */
  hold(handle: unknown, alive: boolean): void;
}

interface DenoTimers {
  refTimer(id: number): void;
  unrefTimer(id: number): void;
}
interface NodeTimeout {
  ref(): void;
  unref(): void;
}

const deno = (globalThis as unknown as { readonly Deno?: DenoTimers }).Deno;

/** Timers of the runtime that runs this: Deno numbers them, Node and Bun make objects, browsers have no process to hold. */
export const runtimeTimers: Timers = {
  now: () => performance.now(),
  set: (callback, delayMs) => setTimeout(callback, delayMs),
  clear: (handle) => clearTimeout(handle as number),
  hold(handle, alive) {
    if (typeof handle === "number") {
      if (alive) deno?.refTimer(handle);
      else deno?.unrefTimer(handle);
    } else if (alive) (handle as NodeTimeout).ref();
    else (handle as NodeTimeout).unref();
  },
};
