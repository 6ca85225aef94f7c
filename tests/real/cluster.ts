import { type BrokerName, startBroker } from "./broker.ts";
import type { JavaServer, ServerConfig } from "./java_server.ts";
import { startNameServer } from "./name_server.ts";
import type { RocketMqVersion } from "./versions.ts";

/** What a cluster consists of. */
export interface ClusterOptions {
  readonly version: RocketMqVersion;
  /** How many NameServers. Every broker registers at all of them. @default {1} */
  readonly nameServers?: number;
  /** The brokers. @default {one master, "broker-a" of "DefaultCluster"} */
  readonly brokers?: readonly BrokerName[];
  /** For every namesrv.conf. */
  readonly nameServerConfig?: ServerConfig;
  /** For every broker.conf. */
  readonly brokerConfig?: ServerConfig;
}

/** NameServers and brokers that belong together; stopped together. */
export interface Cluster extends AsyncDisposable {
  readonly version: RocketMqVersion;
  /** In any order; each knows every broker. */
  readonly nameServers: readonly JavaServer[];
  /** In the order of {@link ClusterOptions.brokers}. */
  readonly brokers: readonly JavaServer[];
  /** Addresses of the NameServers, as clients take them: joined by semicolons. */
  readonly nameServerAddresses: string;
  /** Stops all of them, those that were stopped before included. */
  stop(): Promise<void>;
}

/** Starts NameServers, then brokers, and waits until every NameServer names every broker. If one fails, the others are stopped. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { version, nameServerConfig: config = {} } = options;
  const count = options.nameServers ?? 1;
  const nameServers = await allOrNone(Array.from({ length: count }, () => startNameServer({ version, config })));
  const addresses = nameServers.map((each) => each.address);
  const starting = (options.brokers ?? [{}]).map((name) =>
    startBroker({ ...name, version, nameServers: addresses, config: options.brokerConfig ?? {} })
  );
  const brokers = await allOrNone(starting, nameServers);
  const stop = () => stopAll([...brokers, ...nameServers]);
  return { version, nameServers, brokers, nameServerAddresses: addresses.join(";"), stop, [Symbol.asyncDispose]: stop };
}

async function allOrNone(starting: readonly Promise<JavaServer>[], alsoToStop: readonly JavaServer[] = []): Promise<readonly JavaServer[]> {
  const outcomes = await Promise.allSettled(starting);
  const started = outcomes.flatMap((each) => each.status === "fulfilled" ? [each.value] : []);
  if (started.length < starting.length) await stopAll([...started, ...alsoToStop]);
  return await Promise.all(starting);
}

async function stopAll(servers: readonly JavaServer[]): Promise<void> {
  await Promise.all(servers.map((each) => each.stop()));
}
