import type { Comparison } from "./compare.ts";

/** One line of the table: how one case of a question came out in one runtime. A bench prints an array of them. */
export interface Finding extends Comparison {
  /** What was done: `"small, 64 in flight"`. */
  readonly work: string;
  /** The ratio that the project wants to stay under, where it has one. */
  readonly bar?: number;
}
