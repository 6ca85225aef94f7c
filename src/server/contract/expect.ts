/** Throws unless the condition holds. @param what The expectation, as a clause: `"read() gives null"`. */
export function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Expected that ${what}`);
}
