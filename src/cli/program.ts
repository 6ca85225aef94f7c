import { Command, InvalidArgumentError, Option } from "commander";
import { checkTimeout, REMOTE_DEFAULTS } from "../remote/options.ts";
import { COMMANDS } from "./commands.ts";
import type { CliIo } from "./io.ts";
import { asArguments } from "./misuse.ts";
import { addSecurityOptions } from "./security_options.ts";
import { Shell } from "./shell.ts";
import { VERSION } from "./version.ts";

const HELP_WIDTH = 80;

const NOTES = `
Exit status:
  0  done
  1  failed: no server answers, or not as it should;
     compare: servers differ, or one fails; brokers: one is down
  2  wrong arguments
  3  no such topic

Examples:
  namesrv route orders -n 10.0.0.1:9876
  namesrv cluster -n ns1.example:9876 -n ns2.example:9876 --json
  NAMESRV_ADDR="10.0.0.1:9876;10.0.0.2:9876" namesrv route orders

In Deno it needs --allow-net, and --allow-env=NAMESRV_ADDR where -n is left out;
--allow-read for files, --allow-env=ROCKETMQ_SECRET_KEY for --access-key.`;

/** The whole command line for one use. It throws where commander would end the process, and writes to `io` only. */
export function createProgram(io: CliIo): Command {
  const program = new Command("namesrv")
    .description("Asks RocketMQ NameServers which brokers there are, and which of them serve a topic.")
    .addOption(
      new Option("-n, --namesrv <address>", "server, host[:port], or URL of an address server; repeat it for several servers").argParser(
        collect,
      ).default([], "NAMESRV_ADDR"),
    )
    .option("--timeout <ms>", "milliseconds until it gives up", parseMs, REMOTE_DEFAULTS.timeoutMs)
    .option("--json", "print JSON (integers beyond 2^53 as strings)")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this")
    .addHelpText("after", NOTES)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => io.write(text),
      writeErr: (text) => io.writeError(text),
      outputError: () => {}, // told by whoever catches the error
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  addSecurityOptions(program);
  const shell = new Shell(io, () => program.opts());
  for (const add of COMMANDS) add(program, shell);
  return program;
}

function collect(address: string, former: readonly string[]): readonly string[] {
  if (address.trim() === "") throw new InvalidArgumentError("It must be host[:port].");
  return [...former, address];
}

function parseMs(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It must be a number of milliseconds.");
  return asArguments(() => checkTimeout("--timeout", Number(text)));
}
