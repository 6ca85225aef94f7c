/** Where the command line writes. */
export interface CliIo {
  /** Takes a piece of the answer: whole lines, each with its end. */
  write(text: string): void;
  /** Takes what went wrong, likewise. */
  writeError(text: string): void;
}
