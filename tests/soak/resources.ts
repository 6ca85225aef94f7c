import { readdirSync } from "node:fs";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

const GIVEN_BACK_MS = 5000;

/** Bytes of the heap that are in use behind a full collection, or `undefined` where the runtime was not started so that it can be asked for one. */
export function heapBytes(): number | undefined {
  const { gc, Bun } = globalThis as unknown as { readonly gc?: () => void; readonly Bun?: { gc(force: boolean): void } };
  if (gc === undefined && Bun === undefined) return undefined;
  for (let i = 0; i < 2; i++) Bun === undefined ? gc?.() : Bun.gc(true);
  return process.memoryUsage().heapUsed;
}

/** How many descriptors this process has open: sockets, pipes, files. `undefined` where the system does not tell. */
export function openDescriptors(): number | undefined {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return undefined;
  }
}

/** The same, once it has come down to `most`, or after five seconds. */
export async function settledDescriptors(most: number): Promise<number> {
  const deadline = performance.now() + GIVEN_BACK_MS;
  while ((openDescriptors() ?? 0) > most && performance.now() < deadline) await delay(50);
  return openDescriptors() ?? 0;
}
