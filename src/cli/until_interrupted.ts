import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Resolves at the first Ctrl-C or SIGTERM, or when whoever reads the output has seen enough (`… | head -1`); a second signal ends the
 * process as ever.
 *
 * @param options `signal`: nobody waits any more.
 */
export function untilInterrupted({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      for (const each of SIGNALS) process.off(each, end);
      process.stdout.off("error", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    for (const each of SIGNALS) process.on(each, end);
    process.stdout.on("error", end);
    signal.addEventListener("abort", end);
  });
}
