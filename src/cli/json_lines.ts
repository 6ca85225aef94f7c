import { printable } from "./printable.ts";

/**
 * A value as JSON for people and programs, line by line: members in the order of their names, so that two answers can be compared; integers
 * beyond ±(2^53 − 1) as strings, so that no reader rounds them; no character that a terminal would obey.
 */
export function jsonLines(value: unknown): readonly string[] {
  return JSON.stringify(value, stable, 2).split("\n").map(printable);
}

/** The same in a line, for a value of many. */
export function jsonLine(value: unknown): string {
  return printable(JSON.stringify(value, stable));
}

function stable(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Map) return stable(_key, Object.fromEntries(value));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
}
