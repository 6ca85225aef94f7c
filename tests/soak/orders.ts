/** What the program around an embedded server is told; in place of what it was told before. */
export interface Orders {
  /** Milliseconds that answers are held back. */
  readonly delayMs?: number;
  /** Says anything but answers. */
  readonly garbage?: boolean;
}

/** Topics that a server knows: `soak-0` with one queue, `soak-1` with two, and so on. */
export const TOPICS = 20;

/** Starts the line that the program logs of a write that came twice. */
export const DUPLICATE = "DUPLICATE";
