import { addressesFromEnvironment } from "../client/environment.ts";
import type { Addresses } from "../remote/address.ts";
import { checkOptions } from "../remote/check_kind.ts";
import { located } from "../remote/located.ts";
import { BlockingRemote } from "./blocking_remote.ts";
import type { SyncRemoteOptions } from "./options.ts";
import { SyncNameServerClient } from "./sync_client.ts";
import type { SyncRouteOptions } from "./sync_routes.ts";

/** How a client that blocks is connected. */
export interface SyncConnectOptions extends SyncRemoteOptions {
  /** How routes are kept. */
  readonly routes?: SyncRouteOptions;
}

/**
 * Connects to the first server that accepts, and blocks until then.
 *
 * @param addresses `"10.0.0.1:9876;ns2.example:9876;[::1]:9876"`, or a list of such; the port defaults to 9876. Left out: the environment
 * variable `NAMESRV_ADDR`. No `AddressSource`, and so no URL of an address server: it only promises.
 * @throws {NameServerError} `NAMESRV_SYNC_UNAVAILABLE` where this thread may not block (browsers, workerd).
 * @throws {TypeError} If an address cannot be parsed (the message names it), they come from a source, or none is given and none in the
 * environment.
 * @throws {NameServerUnavailableError} If no server accepts; `errors` has one entry a server.
 * @example What happens where nobody listens
 * ```ts
 * import { connectSync } from "@rmq/nameserver/sync";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => connectSync("127.0.0.1:1", { timeoutMs: 2000 }), Error, 'Cannot connect to "127.0.0.1:1"');
 * ```
 */
export function connectSync(addresses?: Addresses, options: SyncConnectOptions = {}): SyncNameServerClient {
  const { routes, ...remoteOptions } = checkOptions(options);
  const remote = new BlockingRemote(located(addresses ?? addressesFromEnvironment()), remoteOptions);
  try {
    remote.open();
    const { timeoutMs } = remoteOptions;
    return new SyncNameServerClient(remote, { ...(routes && { routes }), ...(timeoutMs !== undefined && { timeoutMs }) });
  } catch (error) {
    remote.close();
    throw error;
  }
}
