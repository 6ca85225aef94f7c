import type { RemotingCommand } from "../protocol/command.ts";
import type { SyncCallOptions } from "./options.ts";

/** Options of one request. */
export interface SyncRequestOptions extends SyncCallOptions {
  /** Whether it may be sent again after it may have reached a server. @default {false} */
  readonly idempotent?: boolean;
}

/** The layer below the client that blocks: commands out, commands back, over one connection a server. */
export interface SyncRemote extends Disposable {
  /** The servers, in their normal form. */
  readonly addresses: readonly string[];
  /**
   * Sends a request and gives the answer, whatever its code; blocks until then. With `address`: that server, listed or not (a broker); no
   * failover, and no effect on the servers' health.
   *
   * @throws {NameServerConnectionError | NameServerProtocolError | NameServerTimeoutError | NameServerClosedError} The only attempt's
   * failure.
   * @throws {NameServerUnavailableError} Several attempts failed.
   * @throws {NameServerError} `NAMESRV_WORKER_DIED` if the worker ended; the next call starts another.
   */
  request(command: RemotingCommand, options?: SyncRequestOptions): RemotingCommand;
  /** Sends a request to each of these servers at once, and gives what became of each, in their order. */
  requestEach(
    addresses: readonly string[],
    command: RemotingCommand,
    options?: SyncRequestOptions,
  ): readonly PromiseSettledResult<RemotingCommand>[];
  /** Closes every socket and ends the worker. Idempotent, never throws. */
  close(): void;
}
