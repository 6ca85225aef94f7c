import { SOONEST_RETRY_MS } from "../client/registration/rounds.ts";
import { endpointOf } from "../remote/address.ts";
import type { BlockingRemote } from "./blocking_remote.ts";
import type { BeatOrder } from "./pump/messages.ts";

/** Failures in a row for which the pump is told how long to wait; behind them it waits as long as for the last. */
const FAILURES = 8;

/** How a frame is repeated. */
export interface BeatOptions {
  readonly intervalMs: number;
  readonly remote: BlockingRemote;
}

/** Has the pump repeat a frame: what to do as a line of JSON, then the frame. @param address In its normal form. */
export function beatOrder(address: string, frame: Uint8Array, { intervalMs, remote }: BeatOptions): Uint8Array {
  const { connectionOptions: { tls }, backoff } = remote;
  const waitMs = (attempt: number): number => Math.min(intervalMs, Math.max(SOONEST_RETRY_MS, backoff(attempt)));
  const retryMs = Array.from({ length: FAILURES }, (_, failures) => waitMs(failures + 1));
  const order: BeatOrder = { ...endpointOf(address), ...(tls && { tls }), intervalMs, retryMs };
  const line = new TextEncoder().encode(`${JSON.stringify(order)}\n`);
  const payload = new Uint8Array(line.length + frame.length);
  payload.set(line);
  payload.set(frame, line.length);
  return payload;
}
