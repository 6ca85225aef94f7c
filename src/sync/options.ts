import type { RemoteOptions } from "../remote/options.ts";
import { checkInteger } from "../remote/options.ts";
import type { CallOptions } from "../request/call_options.ts";
import { RINGS_AT } from "./pump/layout.ts";

/** Options of one call. A signal cannot fire while the thread is blocked, so there is none. */
export type SyncCallOptions = Omit<CallOptions, "signal">;

/** How servers are dialled and asked by a client that blocks. */
export interface SyncRemoteOptions extends Omit<RemoteOptions, "adapter" | "signRequest"> {
  /** Memory shared with the worker, in bytes from 4096 to 1,073,741,824; a larger answer comes in pieces. @default {1_048_576} */
  readonly sharedBytes?: number;
}

/** What {@link SyncRemoteOptions} are where they are left out. */
export const SYNC_DEFAULTS = { sharedBytes: 1_048_576 } as const;

const LEAST_SHARED_BYTES = 4096;
const MOST_SHARED_BYTES = 1 << 30;

/** Bytes of each of the two rings: a power of two, so that both fit. @throws {RangeError} If `sharedBytes` is out of its range. */
export function ringBytesOf({ sharedBytes = SYNC_DEFAULTS.sharedBytes }: SyncRemoteOptions): number {
  checkInteger("sharedBytes", sharedBytes, LEAST_SHARED_BYTES);
  if (sharedBytes > MOST_SHARED_BYTES) {
    throw new RangeError(`Cannot use sharedBytes ${sharedBytes}: it must be at most ${MOST_SHARED_BYTES}`);
  }
  return 1 << (31 - Math.clz32(Math.max(sharedBytes - RINGS_AT, sharedBytes / 2) / 2));
}
