import { NameServerUnavailableError } from "../errors.ts";
import { parseAddress } from "../remote/address.ts";
import { REMOTE_DEFAULTS } from "../remote/options.ts";
import { PROBE } from "../remote/probe.ts";
import type { Remote } from "../remote/remote.ts";
import type { CallOptions } from "../request/call_options.ts";
import { describeOperation } from "../request/describe_operation.ts";

/** Whom a request to all servers goes to. */
export interface ServersToAsk {
  readonly addresses: readonly string[];
  /** What is left of the call's time, where finding them out took some of it. */
  readonly timeoutMs?: number;
}

/**
 * All servers, or the one that `options` name. Waits for an address source that has not answered yet; one of a remote of another make is
 * made to ask by a request that does no harm.
 *
 * @throws {NameServerError} If the source fails, or has not answered in time, or knows nobody.
 */
export async function serversToAsk(remote: Remote, operation: string, options: CallOptions = {}): Promise<ServersToAsk> {
  if (options.address !== undefined) return { addresses: [parseAddress(options.address)] };
  if (remote.addresses.length > 0) return { addresses: remote.addresses };
  const startedAt = performance.now();
  if (remote.resolveAddresses !== undefined) await remote.resolveAddresses({ ...options, operation });
  else await remote.request(PROBE, { ...options, idempotent: true });
  const { addresses } = remote;
  if (addresses.length === 0) {
    throw new NameServerUnavailableError(`Cannot ${describeOperation(operation)}: no server is known`, { errors: [], operation });
  }
  const timeoutMs = (options.timeoutMs ?? REMOTE_DEFAULTS.timeoutMs) - (performance.now() - startedAt);
  return { addresses, timeoutMs: Math.max(1, timeoutMs) };
}
