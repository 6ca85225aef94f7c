import type { ClusterInfo } from "../model/cluster_info.ts";
import { canonical } from "./canonical.ts";

/** Whether two answers know the same brokers and clusters: every field alike, order of lists aside. */
export function sameCluster(a: ClusterInfo, b: ClusterInfo): boolean {
  return a === b || canonical(a) === canonical(b);
}
