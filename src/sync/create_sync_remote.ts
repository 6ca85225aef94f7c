import { type Addresses, formatAddress } from "../remote/address.ts";
import { BlockingRemote } from "./blocking_remote.ts";
import type { SyncRemoteOptions } from "./options.ts";
import type { SyncRemote } from "./sync_remote.ts";

/**
 * The layer below the client that blocks. Starts nothing until the first request.
 *
 * @throws {NameServerError} `NAMESRV_SYNC_UNAVAILABLE` where this thread may not block (browsers, workerd).
 * @throws {TypeError} If an address cannot be parsed (the message names it), or they come from an `AddressSource`: it only promises.
 * @throws {RangeError} If a number among the options is out of its range.
 * @example For a client of one server
 * ```ts
 * import { createSyncRemote, SyncNameServerClient } from "@rmq/nameserver/sync";
 * import { assertEquals } from "@std/assert";
 *
 * using client = new SyncNameServerClient(createSyncRemote("localhost", 9876));
 * assertEquals(client.addresses, ["localhost:9876"]);
 * ```
 */
export function createSyncRemote(addresses: Addresses, options?: SyncRemoteOptions): SyncRemote;
/** The same for one server, by its host and port. */
export function createSyncRemote(host: string, port: number, options?: SyncRemoteOptions): SyncRemote;
export function createSyncRemote(target: Addresses, portOrOptions?: number | SyncRemoteOptions, options?: SyncRemoteOptions): SyncRemote {
  if (typeof portOrOptions !== "number") return new BlockingRemote(target, portOrOptions);
  return new BlockingRemote(formatAddress(target as string, portOrOptions), options);
}
