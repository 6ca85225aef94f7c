import type { Timers } from "../remote/timers.ts";

/** How long one of several waits. */
export interface WaitOptions {
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the wait after so many milliseconds, with what `onTimeout` gives. */
  readonly timeoutMs?: number | undefined;
  readonly timers: Timers;
  onTimeout(timeoutMs: number): unknown;
}

/** What the promise comes to, unless the wait ends before: then the promise goes on, for others. */
export function waitFor<T>(promise: Promise<T>, { signal, timeoutMs, timers, onTimeout }: WaitOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => end(() => reject(signal?.reason));
    const timer = timeoutMs === undefined ? undefined : timers.set(() => end(() => reject(onTimeout(timeoutMs))), timeoutMs);
    const end = (settle: () => void): void => {
      signal?.removeEventListener("abort", abort);
      if (timer !== undefined) timers.clear(timer);
      settle();
    };
    signal?.addEventListener("abort", abort);
    promise.then((value) => end(() => resolve(value)), (error) => end(() => reject(error)));
  });
}
