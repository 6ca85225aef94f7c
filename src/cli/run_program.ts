import process from "node:process";
import { ExitStatus } from "./exit_status.ts";
import { main } from "./main.ts";

/** Runs the arguments of the process and leaves its exit status. It ends by itself, once all output is written. */
export async function runProgram(): Promise<void> {
  let isLost = false;
  /** A reader that has seen enough (`namesrv … | head -1`) closes the pipe, which is no failure; a full disk is one. */
  const onWriteError = (error: Error & { readonly code?: string }): void => {
    if (error.code === "EPIPE" || isLost) return;
    isLost = true;
    process.exitCode = ExitStatus.FAILED;
    process.stderr.write(`namesrv: Cannot write: ${error.message}\n`);
  };
  for (const stream of [process.stdout, process.stderr]) stream.on("error", onWriteError);
  const status = await main(process.argv.slice(2));
  if (!isLost) process.exitCode = status;
}
