import { type Cluster, type ClusterOptions, startCluster } from "./cluster.ts";

/** Starts a cluster, does something with it, and stops it whatever comes of that. */
export async function withCluster<T>(options: ClusterOptions, use: (cluster: Cluster) => Promise<T>): Promise<T> {
  await using cluster = await startCluster(options);
  return await use(cluster);
}
