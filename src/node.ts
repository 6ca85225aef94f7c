/**
 * All of `@rmq/nameserver`, with `connect` bound to the sockets of Node: nothing is looked for at run time.
 *
 * @module
 */

import { type AsyncNameServerClient, connect as connectWith, type ConnectOptions } from "../mod.ts";
import type { Addresses } from "./remote/address.ts";
import { nodeAdapter } from "./socket/node.ts";

export * from "../mod.ts";
export { nodeAdapter };

/** `connect` of `@rmq/nameserver`, with the sockets of Node. @throws {NameServerUnavailableError} If no server accepts. */
export function connect(addresses?: Addresses, options: ConnectOptions = {}): Promise<AsyncNameServerClient> {
  return connectWith(addresses, { adapter: nodeAdapter, ...options });
}
