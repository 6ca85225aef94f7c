import { checkTimeout } from "../../remote/options.ts";

/** How something is watched. */
export interface WatchOptions {
  /**
   * Milliseconds between polls, ±10 % so that clients don't ask in step: the protocol has no push. Watches of one thing share their polls,
   * at the shortest interval among those that wait. @default {30_000}
   */
  readonly intervalMs?: number;
  /** Ends the watch, which is no error. */
  readonly signal?: AbortSignal;
  /** `watchCluster`: also ask each broker whether it is alive. @default {false} */
  readonly probe?: boolean;
}

/** What {@link WatchOptions} are where they are left out. */
export const WATCH_DEFAULTS = { intervalMs: 30_000, probe: false } as const;

/** The options with their defaults. @throws {RangeError} If `intervalMs` is not above 0 and at most 2,147,483,647. */
export function completeWatchOptions(options: WatchOptions): Required<Omit<WatchOptions, "signal">> {
  const { intervalMs = WATCH_DEFAULTS.intervalMs, probe = WATCH_DEFAULTS.probe } = options;
  return { intervalMs: checkTimeout("intervalMs", intervalMs), probe };
}
