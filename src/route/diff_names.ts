/** Names by what became of them, each list in order. */
export interface NameDiff {
  /** In the later table only. */
  readonly added: readonly string[];
  /** In the earlier table only. */
  readonly removed: readonly string[];
  /** In both, with the same meaning or another. */
  readonly kept: readonly string[];
}

/** Compares the names that two tables hold. */
export function diffNames(previous: Iterable<string>, next: Iterable<string>): NameDiff {
  const before = new Set(previous);
  const after = new Set(next);
  const names = [...new Set([...before, ...after])].sort();
  return {
    added: names.filter((name) => !before.has(name)),
    removed: names.filter((name) => !after.has(name)),
    kept: names.filter((name) => before.has(name) && after.has(name)),
  };
}
