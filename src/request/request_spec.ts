import type { RemotingCommand } from "../protocol/command.ts";

/** One request: how it is written, how its answer is read. Shared by the async client, the sync client and the embedded server. */
export interface RequestSpec<P, R> {
  /** The method of `NameServerApi`. */
  readonly operation: string;
  /** What is asked: a value of `RequestCode`. */
  readonly code: number;
  /** Reads ask `one` server and fail over; writes, and reads whose answer differs by server, go to `all`. */
  readonly target: "one" | "all";
  /** Whether it may be sent again after it may have reached a server. */
  readonly idempotent: boolean;
  /** Whether the method has an argument before its options. */
  readonly hasParams: boolean;
  /** Writes the request. @throws {TypeError} If a name is empty. @throws {RangeError} If a number does not fit. */
  encode(params: P): RemotingCommand;
  /**
   * Reads the answer.
   *
   * @throws {NameServerResponseError} If it is no success.
   * @throws {NameServerDataParseError} If its body is not as promised.
   */
  decode(response: RemotingCommand, params: P): R;
}
