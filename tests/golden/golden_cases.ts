import { readLines } from "./read_lines.ts";

/** What the Java client, or another one where `source` says so, makes of an input: a line of `cases.jsonl`. */
export interface GoldenCase<Input, Expected> {
  readonly name: string;
  /** Which computation this is about. */
  readonly kind: string;
  readonly input: Input;
  readonly expected: Expected;
  /** Where the case comes from. */
  readonly source: string;
  /** Measured, or read from the source. */
  readonly how: string;
  readonly note?: string;
}

const all = readLines("cases.jsonl") as readonly GoldenCase<unknown, unknown>[];

/** The cases of one kind. @throws {Error} If there is none: a test that loops over nothing would pass. */
export function goldenCases<Input, Expected>(kind: string): readonly GoldenCase<Input, Expected>[] {
  const cases = all.filter((one) => one.kind === kind);
  if (cases.length === 0) throw new Error(`Cannot find golden cases of kind "${kind}"`);
  return cases as readonly GoldenCase<Input, Expected>[];
}
