import type { RemotingCommand } from "../protocol/command.ts";
import type { CallOptions } from "../request/call_options.ts";
import type { Addresses } from "./address.ts";
import type { RemoteEvent } from "./events.ts";

/** Options of one request. */
export interface RequestOptions extends CallOptions {
  /** Whether it may be sent again after it may have reached a server. @default {false} */
  readonly idempotent?: boolean;
}

/** A request that a server is still sent while its client closes. */
export interface Goodbye {
  /** The server in its normal form, `host:port`. It is told if a connection to it is open. */
  readonly address: string;
  /** What it is told. */
  readonly command: RemotingCommand;
}

/** The layer below the client: commands out, commands back, over one connection a server. */
export interface Remote extends AsyncDisposable {
  /** The servers, in their normal form; `[]` until an `AddressSource` has answered. */
  readonly addresses: readonly string[];
  /**
   * Sends a request and gives the answer, whatever its code. With `address`: that server, listed or not (a broker); no failover, and no
   * effect on the servers' health.
   *
   * @throws {NameServerConnectionError | NameServerProtocolError | NameServerTimeoutError | NameServerClosedError} The only attempt's
   * failure.
   * @throws {NameServerUnavailableError} Several attempts failed.
   */
  request(command: RemotingCommand, options?: RequestOptions): Promise<RemotingCommand>;
  /** Sends a request that nobody answers; resolves when it was handed to the system. */
  oneway(command: RemotingCommand, options?: CallOptions): Promise<void>;
  /**
   * The servers, once an `AddressSource` has answered: what a request to all of them has to know. A remote of your own need not have it.
   *
   * @param options `operation` is for messages.
   * @throws {NameServerError} If the source fails and no list is known, or it does not answer in time.
   */
  resolveAddresses?(options?: CallOptions & { readonly operation?: string }): Promise<readonly string[]>;
  /**
   * Other servers, or another source of them, from now on; calls in flight on a server that left still finish. Until a source has answered,
   * the servers stay as they were.
   */
  setAddresses(addresses: Addresses): void;
  /** What happens below the calls, from now on; ends with the remote, the signal or `break`. */
  events(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent>;
  /**
   * Milliseconds to keep away from a server after its n-th failure in a row, n from 1: brokers that hear of registrations are left alone for
   * as long. A remote of your own need not have it. @default {full jitter, 100…3000 ms}
   */
  readonly backoff?: (attempt: number) => number;
  /** Lets a connection to an unlisted address go (a broker that left) when its calls are done; the next call dials. */
  release?(address: string): void;
  /**
   * Calls in flight reject with `NameServerClosedError` at once; goodbyes get at most 1 s in all; then every socket closes. Idempotent,
   * never rejects.
   */
  close(goodbyes?: readonly Goodbye[]): Promise<void>;
}
