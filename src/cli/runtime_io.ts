import process from "node:process";
import type { CliIo } from "./io.ts";

/**
 * The standard output and error of the process. Deno, Bun and Node queue what a pipe can't take yet, and write it before they end by
 * themselves.
 */
export const runtimeIo: CliIo = {
  write: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
};
