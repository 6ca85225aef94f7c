import type { RemotingCommand } from "../protocol/command.ts";

/** What goes wrong on purpose. Every field is optional; those left out do not interfere. */
export interface Faults {
  /** Milliseconds that every answer is held back. */
  readonly delayMs?: number;
  /** Answers leave in pieces of this many bytes, one after the other. */
  readonly chunkBytes?: number;
  /** Each connection ends in order after this many more bytes of answers. */
  readonly closeAfterBytes?: number;
  /** Each connection is reset after this many more bytes of answers. */
  readonly resetAfterBytes?: number;
  /** Requests are read and take effect, but nothing is answered. */
  readonly silent?: boolean;
  /** New connections are refused; on a port they are accepted and closed. */
  readonly refuse?: boolean;
  /** Nothing is read from any connection, so that the peer's writes back up. */
  readonly stopReading?: boolean;
  /**
   * Answers a request in the server's place: a command, or bytes that are sent as they are. `undefined` leaves the request to the server. It
   * is asked for one-way requests too.
   */
  readonly answer?: (request: RemotingCommand) => RemotingCommand | Uint8Array | undefined;
}

const SMALLEST = [["delayMs", 0], ["chunkBytes", 1], ["closeAfterBytes", 0], ["resetAfterBytes", 0]] as const;

function checkNumber(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (value >= least && (name === "delayMs" || Number.isInteger(value)))) return;
  throw new RangeError(`Cannot set faults: ${name} must be ${least} or more, not ${value}`);
}

/** The faults in force, shared by all connections of a server. */
export class FaultSwitch {
  #faults: Faults = {};
  #revision = 0;
  readonly #waiting: (() => void)[] = [];

  /** What is in force now. */
  get current(): Faults {
    return this.#faults;
  }

  /** Grows with each change: bytes are counted anew from there. */
  get revision(): number {
    return this.#revision;
  }

  /** Puts `faults` in place of the former ones. @throws {RangeError} If a number is none that makes sense. */
  set(faults: Faults): void {
    for (const [name, least] of SMALLEST) checkNumber(name, faults[name], least);
    this.#faults = { ...faults };
    this.#revision++;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves at the next change. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
