import { delay } from "@std/async/delay";

const POLL_MS = 10;
/** Far more than any server takes for what it does a little later. */
const DEADLINE_MS = 10_000;

/** Reads again and again until the value is as wished; gives the last one in any case, so that a comparison shows what came instead. */
export async function eventually<T>(read: () => Promise<T>, isWished: (value: T) => boolean, deadlineMs: number = DEADLINE_MS): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const value = await read();
    if (isWished(value) || performance.now() > deadline) return value;
    await delay(POLL_MS);
  }
}
