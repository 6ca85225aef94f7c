/** Where the command line writes, and what ends a command that goes on by itself. */
export interface CliIo {
  /** Takes a piece of the answer: whole lines, each with its end. */
  write(text: string): void;
  /** Takes what went wrong, likewise. */
  writeError(text: string): void;
  /** Resolves when a command that goes on is to end, or nobody waits any more. @default {at SIGINT (Ctrl-C) or SIGTERM} */
  untilInterrupted?(options: { readonly signal: AbortSignal }): Promise<void>;
}
