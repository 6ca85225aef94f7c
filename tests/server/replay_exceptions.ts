/** Recorded rows that are answered differently, by run and name, with the reason. */
export const replayExceptions: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map();
