import { CommanderError } from "commander";
import { NameServerUnavailableError, TopicNotFoundError } from "../errors.ts";
import { Misuse } from "./misuse.ts";

/** What the process ends with. */
export const ExitStatus = {
  /** The command did what it was asked to. */
  DONE: 0,
  /** It could not. */
  FAILED: 1,
  /** It was asked for something that makes no sense: arguments, addresses. */
  MISUSE: 2,
  /** There is no such topic (or broker, cluster, key, once a command asks for one). */
  NOT_FOUND: 3,
} as const;

/** Ends a command that has said all there is to say, with a status other than 0. */
export class SilentExit extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`Exit status ${status}`);
    this.status = status;
  }
}

/** The exit status that an error stands for. Help and version end a command as errors, too. */
export function exitStatusOf(error: unknown): number {
  if (error instanceof SilentExit) return error.status;
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitStatus.DONE : ExitStatus.MISUSE;
  if (error instanceof Misuse) return ExitStatus.MISUSE;
  return isNotFound(error) ? ExitStatus.NOT_FOUND : ExitStatus.FAILED;
}

function isNotFound(error: unknown): boolean {
  if (error instanceof NameServerUnavailableError) return error.errors.length > 0 && error.errors.every(isNotFound);
  return error instanceof TopicNotFoundError;
}
