import { type Addresses, formatAddress } from "./address.ts";
import { NameServerRemote } from "./name_server_remote.ts";
import type { RemoteOptions } from "./options.ts";
import type { Remote } from "./remote.ts";

/**
 * The layer below the client: commands out, commands back. Does not dial until the first request.
 *
 * @throws {TypeError} If an address cannot be parsed; the message names it.
 * @throws {RangeError} If a number among the options is out of its range.
 * @example Send a request by hand
 * ```ts
 * import { createRemote } from "@rmq/nameserver";
 * import { createRequest, RequestCode } from "@rmq/nameserver/protocol";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * await using remote = createRemote(server.address, { adapter: server.adapter });
 * const answer = await remote.request(createRequest(RequestCode.GET_BROKER_CLUSTER_INFO), { idempotent: true });
 * assertEquals([answer.code, answer.address], [0, server.address]);
 * ```
 */
export function createRemote(addresses: Addresses, options?: RemoteOptions): Remote;
/** The same for one server, by its host and port. */
export function createRemote(host: string, port: number, options?: RemoteOptions): Remote;
export function createRemote(target: Addresses, portOrOptions?: number | RemoteOptions, options?: RemoteOptions): Remote {
  if (typeof portOrOptions !== "number") return new NameServerRemote(target, portOrOptions);
  return new NameServerRemote(formatAddress(target as string, portOrOptions), options);
}
