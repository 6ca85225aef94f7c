import type { SocketAdapter } from "../socket/socket.ts";
import { closeChecks } from "./contract/close_checks.ts";
import { dialChecks } from "./contract/dial_checks.ts";
import { listenOnLoopback } from "./contract/loopback_peer.ts";
import type { ListenPeer } from "./contract/peer.ts";
import { readChecks } from "./contract/read_checks.ts";
import { Stage } from "./contract/stage.ts";
import { writeChecks } from "./contract/write_checks.ts";

/** Settings of {@link adapterContract}. */
export interface AdapterContractOptions {
  /** Starts the server that the adapter dials. @default {a `node:net` server on a free port of 127.0.0.1} */
  readonly listen?: ListenPeer;
}

/**
 * The contract of `SocketAdapter` as named checks, for adapter authors.
 *
 * Each check stands alone: it starts its own server, rejects with an `Error` that says what was expected, and closes all it opened. They
 * need no test runner, fit any, and take a few seconds together.
 *
 * @param adapter What is checked.
 * @param options Another server to dial, for adapters that reach no port.
 * @returns The checks, to run in any order, one after the other or at once.
 *
 * @example Check an adapter
 * ```ts
 * import { denoAdapter } from "@rmq/nameserver/deno";
 * import { adapterContract } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * const broken: string[] = [];
 * for (const { name, run } of adapterContract(denoAdapter)) await run().catch(() => broken.push(name));
 * assertEquals(broken, []);
 * ```
 */
export function adapterContract(
  adapter: SocketAdapter,
  options: AdapterContractOptions = {},
): readonly { readonly name: string; run(): Promise<void> }[] {
  const listen = options.listen ?? (() => listenOnLoopback());
  return [...dialChecks, ...readChecks, ...writeChecks, ...closeChecks]
    .map((check) => ({ name: check.name, run: () => Stage.run(check, adapter, listen) }));
}
