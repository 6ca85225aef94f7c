import { CommanderError } from "commander";
import { NameServerError } from "../errors.ts";
import { ExitStatus, exitStatusOf, SilentExit } from "./exit_status.ts";
import { printable } from "./printable.ts";

/** What went wrong, in one line; nothing where the command has said it already, as help does. */
export function errorLine(error: unknown): string | undefined {
  if (error instanceof SilentExit) return undefined;
  if (error instanceof CommanderError && !error.message.startsWith(COMMANDER_PREFIX)) return undefined;
  const text = error instanceof CommanderError ? inOwnStyle(error.message) : withServer(error);
  const hint = exitStatusOf(error) === ExitStatus.MISUSE && !text.endsWith("?") ? HELP_HINT : "";
  return printable(`namesrv: ${text}${hint}`);
}

const COMMANDER_PREFIX = "error: ";
const HELP_HINT = " (see namesrv --help)";

/** `error: unknown option '--jsn'⏎(Did you mean --json?)` → `Unknown option '--jsn', did you mean --json?` */
function inOwnStyle(text: string): string {
  const words = text.slice(COMMANDER_PREFIX.length).replace(/\n\(Did (?<advice>.*)\)$/, ", did $<advice>").replace(/\.$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The message, and the server where only a field of the error names it. */
function withServer(error: unknown): string {
  if (!(error instanceof NameServerError)) return error instanceof Error ? error.message : String(error);
  const { message, address } = error;
  return address === undefined || message.includes(address) ? message : `${message} (from "${address}")`;
}
