/** Lets the event loop turn for some milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Resolves when `progress` has stood still for a while. */
export async function standstill(progress: () => number): Promise<void> {
  let before: number;
  do {
    before = progress();
    await sleep(300);
  } while (progress() > before);
}
