import type { Addresses } from "../remote/address.ts";
import { checkOptions } from "../remote/check_kind.ts";
import { located } from "../remote/located.ts";
import { NameServerRemote } from "../remote/name_server_remote.ts";
import type { RemoteOptions } from "../remote/options.ts";
import { AsyncNameServerClient } from "./async_client.ts";
import type { RouteCacheOptions } from "./cache/options.ts";
import { addressesFromEnvironment } from "./environment.ts";

/** How a client is connected. */
export interface ConnectOptions extends RemoteOptions {
  /** Ends the initial dial. */
  readonly signal?: AbortSignal;
  /** How routes are kept. */
  readonly routes?: RouteCacheOptions;
}

/**
 * Connects to the first server that accepts, with the socket adapter of the runtime that runs it (Deno, Bun, Node) unless another is given.
 *
 * @param addresses `"10.0.0.1:9876;ns2.example:9876;[::1]:9876"`, or a list of such, or an `AddressSource`; the port defaults to 9876. Left
 * out: the environment variable `NAMESRV_ADDR`. A `http(s)://…` URL, here or there, stands for `addressServer(url)`.
 * @throws {TypeError} If an address cannot be parsed (the message names it), or none is given and none in the environment.
 * @throws {NameServerUnavailableError} If no server accepts; `errors` has one entry a server.
 * @example The route of a topic
 * ```ts
 * import { connect } from "@rmq/nameserver";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * const { address } = await server.listen();
 * await using client = await connect(address);
 * assertEquals(client.addresses, [address]);
 * ```
 */
export async function connect(addresses?: Addresses, options: ConnectOptions = {}): Promise<AsyncNameServerClient> {
  const { signal, routes, ...remoteOptions } = checkOptions(options);
  const { timeoutMs } = remoteOptions;
  const remote = new NameServerRemote(located(addresses ?? addressesFromEnvironment()), remoteOptions);
  const client = new AsyncNameServerClient(remote, { ...(timeoutMs !== undefined && { timeoutMs }), ...(routes && { routes }) });
  try {
    await remote.open(signal && { signal });
    return client;
  } catch (error) {
    await client.close();
    throw error;
  }
}
