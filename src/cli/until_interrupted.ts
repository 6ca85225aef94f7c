import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Resolves at the first Ctrl-C or SIGTERM; a second one ends the process as ever. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    const interrupted = (): void => {
      for (const signal of SIGNALS) process.off(signal, interrupted);
      resolve();
    };
    for (const signal of SIGNALS) process.on(signal, interrupted);
  });
}
