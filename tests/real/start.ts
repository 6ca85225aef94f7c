/**
 * Real NameServers and brokers for tests: RocketMQ's own programs, from Maven Central, each in a JVM that ends with the test.
 *
 * @module
 */

export { type Answer, ask } from "./ask.ts";
export { type BrokerName, type BrokerOptions, startBroker } from "./broker.ts";
export { type Cluster, type ClusterOptions, startCluster } from "./cluster.ts";
export { freePort, isFree } from "./free_port.ts";
export type { JavaServer, ServerConfig, ServerOptions } from "./java_server.ts";
export { startNameServer } from "./name_server.ts";
export { type SharedCluster, sharedCluster } from "./shared_cluster.ts";
export { realTier } from "./tier.ts";
export { type RocketMqVersion, VERSIONS } from "./versions.ts";
export { withCluster } from "./with_cluster.ts";
