/**
 * All of `@rmq/nameserver`, with `connect` bound to the sockets of Bun: nothing is looked for at run time.
 *
 * @module
 */

import { type AsyncNameServerClient, connect as connectWith, type ConnectOptions } from "../mod.ts";
import type { Addresses } from "./remote/address.ts";
import { bunAdapter } from "./socket/bun.ts";

export * from "../mod.ts";
export { bunAdapter };

/** `connect` of `@rmq/nameserver`, with the sockets of Bun. @throws {NameServerUnavailableError} If no server accepts. */
export function connect(addresses?: Addresses, options: ConnectOptions = {}): Promise<AsyncNameServerClient> {
  return connectWith(addresses, { adapter: bunAdapter, ...options });
}
