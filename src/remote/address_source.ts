import type { Addresses } from "./address.ts";

/**
 * Where the list of servers comes from: asked at the first request, then every `intervalMs`, and when no server on the list can be dialled. A
 * failure keeps the last list, and is a `warning` event.
 *
 * @example Servers that a discovery of one's own names
 * ```ts
 * import { type AddressSource, createRemote } from "@rmq/nameserver";
 * import { createRequest } from "@rmq/nameserver/protocol";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * const source: AddressSource = { name: "my registry", resolve: () => Promise.resolve([server.address]) };
 * await using remote = createRemote(source, { adapter: server.adapter });
 * assertEquals(remote.addresses, []);
 * await remote.request(createRequest(206), { idempotent: true });
 * assertEquals(remote.addresses, [server.address]);
 * ```
 */
export interface AddressSource {
  /** For messages: a URL, or what it is called. */
  readonly name: string;
  /** Milliseconds from one answer to the next question. @default {120_000} */
  readonly intervalMs?: number;
  /**
   * The servers of now, `host:port` each; the port defaults to 9876. A list that is empty or has a member that is no address counts as a
   * failure. One that has not come after 30 s is given up.
   *
   * @param options `signal` fires when nobody wants the answer any more.
   */
  resolve(options: { readonly signal: AbortSignal }): Promise<readonly string[]>;
}

/** Milliseconds between two questions where a source says nothing else. */
export const DEFAULT_INTERVAL_MS = 120_000;

/** Whether the addresses have to be asked for. */
export function isAddressSource(addresses: Addresses): addresses is AddressSource {
  return typeof (addresses as Partial<AddressSource> | null)?.resolve === "function";
}
