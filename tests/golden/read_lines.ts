import { readFileSync } from "node:fs";

/** The lines of a file beside this one, each parsed as JSON. */
export function readLines(file: string): readonly unknown[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return text.trimEnd().split("\n").map((line) => JSON.parse(line));
}
