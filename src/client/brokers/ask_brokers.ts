import { NameServerClosedError, NameServerConnectionError, NameServerError } from "../../errors.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import { versionName } from "../../protocol/version_name.ts";
import { parseAddress } from "../../remote/address.ts";
import type { Remote } from "../../remote/remote.ts";
import { getBrokerRuntimeInfo } from "../../request/broker_runtime_info.ts";
import { readAnswer } from "../../request/read_answer.ts";
import { dialableAddress } from "../../route/dialable_address.ts";
import type { BrokerMember } from "./broker_member.ts";
import type { BrokerStatus } from "./broker_status.ts";
import { inParallel } from "./in_parallel.ts";

/** How brokers are asked. */
export interface AskOptions {
  /** For all of them together, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

/** So many at a time: sockets and file handles are not without end. */
const AT_ONCE = 64;
/** What is left for a broker when time is up: enough for none. */
const LEAST_MS = 1;

/**
 * Asks every broker how it does (28), in time for all of them: of what is left, each round gets the same share.
 *
 * @returns One status a broker, in their order; what failed is in it.
 * @throws {NameServerClosedError} If the client is closed meanwhile. The signal's reason.
 */
export function askBrokers(remote: Remote, members: readonly BrokerMember[], options: AskOptions): Promise<readonly BrokerStatus[]> {
  const endsAt = options.now() + options.timeoutMs;
  return inParallel(members, AT_ONCE, (member, index) => {
    const rounds = Math.ceil((members.length - index) / AT_ONCE);
    const timeoutMs = Math.max(LEAST_MS, (endsAt - options.now()) / rounds);
    return askBroker(remote, member, { ...options, timeoutMs });
  });
}

async function askBroker(remote: Remote, member: BrokerMember, { timeoutMs, signal, now }: AskOptions): Promise<BrokerStatus> {
  const startedAt = now();
  try {
    const request = { address: dialable(member.address), timeoutMs, idempotent: true, ...signal && { signal } };
    const response = await remote.request(getBrokerRuntimeInfo.encode(), request);
    return { ...member, alive: true, roundTripMs: now() - startedAt, ...tell(response) };
  } catch (error) {
    if (!(error instanceof NameServerError) || error instanceof NameServerClosedError) throw error;
    return { ...member, alive: false, error };
  }
}

/** @throws {NameServerConnectionError} If a broker advertises what is no address. */
function dialable(address: string): string {
  try {
    return parseAddress(dialableAddress(address));
  } catch (cause) {
    const message = `Cannot get broker status at ${JSON.stringify(address)}: it is no address`;
    const { operation } = getBrokerRuntimeInfo;
    throw new NameServerConnectionError(message, { code: "NAMESRV_CONNECT", retryable: false, address, operation, cause });
  }
}

function tell(response: RemotingCommand): Pick<BrokerStatus, "version" | "runtime" | "error"> {
  try {
    const runtime = readAnswer(getBrokerRuntimeInfo, response, undefined);
    return { ...nameVersion(Number(runtime["brokerVersion"] ?? response.version), runtime["brokerVersionDesc"]), runtime };
  } catch (error) {
    if (error instanceof NameServerError) return { ...nameVersion(response.version), error };
    throw error;
  }
}

/** Versions that are newer than our list are as the broker names them. */
function nameVersion(ordinal: number, itself?: string): Pick<BrokerStatus, "version"> {
  const version = versionName(ordinal) ?? itself;
  return version === undefined ? {} : { version };
}
