import type { NameServerError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";

/** How one step of a call went. */
export type Outcome = Answer | Connected | Failure;

/** The server answered, whatever it said. */
export interface Answer {
  readonly type: "answer";
  /** Its words; the body belongs to whoever reads it. */
  readonly response: RemotingCommand;
}

/** The connection is open; nothing was sent. */
export interface Connected {
  readonly type: "connected";
}

/** No answer came. */
export interface Failure {
  readonly type: "failure";
  /** Why. */
  readonly error: NameServerError;
  /** Whether the server may have seen the request; `false` where not one byte of it was written. */
  readonly sent: boolean;
}

/** The step was taken back by the caller. */
export interface Aborted {
  readonly type: "aborted";
  /** The signal's. */
  readonly reason: unknown;
}
