/**
 * The command line `namesrv`, as a function; run as the main module it is the program itself.
 *
 *   deno run --allow-net jsr:@rmq/nameserver/cli route orders -n 10.0.0.1:9876
 *
 * @module
 */

import { isMain } from "./cli/is_main.ts";
import { runProgram } from "./cli/run_program.ts";

export type { CliIo } from "./cli/io.ts";
export { main } from "./cli/main.ts";

if (isMain(import.meta)) await runProgram();
