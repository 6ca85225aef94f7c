import type { BrokerData } from "../../model/broker_data.ts";
import { REMOTE_DEFAULTS } from "../../remote/options.ts";
import type { Remote } from "../../remote/remote.ts";
import type { CallOptions } from "../../request/call_options.ts";
import type { NameServerApi } from "../../request/name_server_api.ts";
import type { MapAddress } from "../cache/map_addresses.ts";
import { mapCluster } from "../map_cluster.ts";
import { askBrokers } from "./ask_brokers.ts";
import { brokerMembers } from "./broker_member.ts";
import type { BrokerStatus } from "./broker_status.ts";

/** How brokers are asked for their status. */
export interface BrokerStatusOptions extends CallOptions {
  /** Rewrites a broker's advertised address (NAT, tunnel, container network). @default {that of the client's `routes`} */
  readonly mapAddress?: (address: string, broker: BrokerData) => string;
}

/** A client, as far as it is needed here. */
export interface StatusClient extends Pick<NameServerApi, "getBrokerClusterInfo"> {
  readonly remote: Remote;
}

/** What a client has by default. */
export interface StatusDefaults {
  readonly timeoutMs: number | undefined;
  readonly mapAddress: MapAddress | undefined;
  /** Milliseconds on a clock that never goes back. */
  now(): number;
}

/** Asks a NameServer for the brokers, then each of them, within one deadline. */
export async function getBrokerStatus(
  client: StatusClient,
  options: BrokerStatusOptions,
  { now, ...defaults }: StatusDefaults,
): Promise<readonly BrokerStatus[]> {
  const { mapAddress = defaults.mapAddress, ...call } = options;
  const { timeoutMs = defaults.timeoutMs ?? REMOTE_DEFAULTS.timeoutMs, signal } = call;
  const startedAt = now();
  const cluster = await client.getBrokerClusterInfo({ ...call, timeoutMs });
  const members = brokerMembers(mapCluster(cluster, mapAddress));
  return await askBrokers(client.remote, members, { timeoutMs: timeoutMs - (now() - startedAt), signal, now });
}
