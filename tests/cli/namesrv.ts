import { main } from "../../src/cli.ts";

/** How a command ended, and what it printed. */
export interface Ended {
  readonly status: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command inside this process. */
export async function namesrv(...args: readonly string[]): Promise<Ended> {
  let output = "", errors = "";
  const status = await main(args, {
    write: (text) => void (output += text),
    writeError: (text) => void (errors += text),
  });
  return { status, output, errors };
}

/** Cells of a table's lines, which at least two blanks keep apart. */
export function cells(output: string): readonly (readonly string[])[] {
  return output.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));
}
