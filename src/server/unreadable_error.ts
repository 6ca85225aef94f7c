/** Bytes that the emulated server can't read either. */
export class UnreadableError extends Error {
  /** Makes an error. @param at Where in the text. */
  constructor(expected: string, at?: number) {
    super(`Cannot read request: expected ${expected}${at === undefined ? "" : ` (character ${at})`}`);
    this.name = "UnreadableError";
  }
}
