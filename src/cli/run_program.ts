import process from "node:process";
import { main } from "./main.ts";

/** Runs the arguments of the process and leaves its exit status. It ends by itself, once all output is written. */
export async function runProgram(): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", onWriteError);
  process.exitCode = await main(process.argv.slice(2));
}

/** A reader that has seen enough (`namesrv … | head -1`) closes the pipe: no failure. */
function onWriteError(error: Error & { readonly code?: string }): void {
  if (error.code !== "EPIPE") throw error;
}
