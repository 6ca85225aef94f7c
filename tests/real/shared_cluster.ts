import process from "node:process";
import { type Cluster, startCluster } from "./cluster.ts";
import type { RocketMqVersion } from "./versions.ts";

/** Where the servers of a shared cluster are: one NameServer, and one master named "broker-a" in "DefaultCluster". */
export interface SharedCluster {
  readonly version: RocketMqVersion;
  /** `127.0.0.1:port` */
  readonly nameServer: string;
  /** `127.0.0.1:port` */
  readonly broker: string;
}

/** Clusters of this process, by version. */
const own = new Map<RocketMqVersion, Promise<SharedCluster>>();

/**
 * Gives a running cluster that other tests use at the same time: for questions, and for writes under names of one's own. Tests that stop,
 * freeze or configure a server start theirs.
 *
 * The cluster is one of `serve.ts` where the tests run below it. Otherwise the first call starts one, which ends with the process; call it
 * outside of tests then, because Deno takes a process that outlives its test for a leak.
 */
export function sharedCluster(version: RocketMqVersion): Promise<SharedCluster> {
  const served = process.env.RMQ_REAL_SERVERS;
  if (served !== undefined) return Promise.resolve(find(JSON.parse(served), version));
  const cluster = own.get(version) ?? startOwn(version);
  own.set(version, cluster);
  return cluster;
}

/** The addresses of a cluster, to be handed to another process. */
export function describeCluster({ version, nameServers, brokers }: Cluster): SharedCluster {
  return { version, nameServer: nameServers[0]!.address, broker: brokers[0]!.address };
}

function find(served: readonly SharedCluster[], version: RocketMqVersion): SharedCluster {
  const cluster = served.find((each) => each.version === version);
  if (cluster === undefined) throw new Error(`Cannot find servers of RocketMQ ${version} in RMQ_REAL_SERVERS`);
  return cluster;
}

async function startOwn(version: RocketMqVersion): Promise<SharedCluster> {
  const cluster = await startCluster({ version });
  for (const server of [...cluster.nameServers, ...cluster.brokers]) server.unref();
  return describeCluster(cluster);
}
