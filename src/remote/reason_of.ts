/** A runtime's error in words. Node's for a name with several addresses has none of its own, but one for each address. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === "") return [...new Set(error.errors.map(reasonOf))].join("; ") || error.name;
  return error.message || error.name;
}
