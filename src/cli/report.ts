/** A report: one line that says it all, a table, and what to know about it. */
export interface Report {
  readonly summary: string;
  /** No lines: no table. */
  readonly table: readonly string[];
  /** Facts, each a line. */
  readonly facts?: readonly string[];
  /** Oddities, each a line; marked so that they catch the eye. */
  readonly notes: readonly string[];
}

/** The lines of a report, parts set off by an empty line. */
export function reportLines({ summary, table, facts = [], notes }: Report): readonly string[] {
  const parts = [[summary], table, [...facts, ...notes.map((note) => `! ${note}`)]].filter((part) => part.length > 0);
  return parts.flatMap((part, i) => i === 0 ? part : ["", ...part]);
}
