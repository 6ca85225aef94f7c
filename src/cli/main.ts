import { errorLine } from "./error_line.ts";
import { ExitStatus, exitStatusOf } from "./exit_status.ts";
import type { CliIo } from "./io.ts";
import { createProgram } from "./program.ts";
import { runtimeIo } from "./runtime_io.ts";

/**
 * Runs one command of `namesrv`, without ending the process.
 *
 * @param args What stands behind `namesrv`: `["route", "orders", "-n", "10.0.0.1:9876"]`.
 * @param io Where it writes. @default {standard output and error}
 * @returns The exit status: 0 done; 1 failed, or servers differ, or a broker is down; 2 misuse; 3 no such topic.
 * @example Ask for a route, and keep what is printed
 * ```ts
 * import { main } from "@rmq/nameserver/cli";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * const { address } = await server.listen();
 * let errors = "";
 * const io = { write: () => {}, writeError: (text: string) => void (errors += text) };
 * assertEquals(await main(["route", "orders", "-n", address], io), 3);
 * assertStringIncludes(errors, "the server knows no such topic");
 * ```
 */
export async function main(args: readonly string[], io: CliIo = runtimeIo): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: "user" });
    return ExitStatus.DONE;
  } catch (error) {
    const line = errorLine(error);
    if (line !== undefined) io.writeError(`${line}\n`);
    return exitStatusOf(error);
  }
}
