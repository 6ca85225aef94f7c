import type { NameServerError } from "../../errors.ts";
import type { ClusterInfo } from "../../model/cluster_info.ts";
import { type ClusterDiff, diffClusters } from "../../route/diff_clusters.ts";
import type { Step } from "./step.ts";

/** What happened to the brokers. */
export type ClusterChange =
  /** The brokers at first. */
  | { readonly type: "snapshot"; readonly cluster: ClusterInfo }
  /** Other brokers than `previous`, which is what the reader saw last; or the same, of which some are down or up. */
  | { readonly type: "changed"; readonly cluster: ClusterInfo; readonly previous: ClusterInfo; readonly diff: ClusterDiff }
  /** No server can say. Told once until one can again. */
  | { readonly type: "error"; readonly error: NameServerError };

/** What is known of the brokers. */
export interface ClusterState {
  readonly cluster: ClusterInfo;
  /** Addresses of brokers that did not answer when they were asked themselves. */
  readonly silent: ReadonlySet<string>;
}

const NOBODY: ReadonlySet<string> = new Set();

/** What to tell a reader that has seen one state and is to see another; nothing where they are alike to him. */
export function clusterStep(seen: ClusterState | undefined, now: ClusterState): Step<ClusterState, ClusterChange> | undefined {
  const { cluster } = now;
  if (seen === undefined) return { change: { type: "snapshot", cluster }, seen: { cluster, silent: NOBODY } };
  return seen.cluster === cluster ? undefined : { change: changed(seen, { cluster, silent: NOBODY }), seen: { cluster, silent: NOBODY } };
}

/** The same for a reader that wants to know which brokers are down. To it all are up at first, so that what is down comes as a change. */
export function probedStep(seen: ClusterState | undefined, now: ClusterState): Step<ClusterState, ClusterChange> | undefined {
  if (seen === undefined) return clusterStep(seen, now);
  const change = changed(seen, now);
  const { down, up } = change.diff;
  return seen.cluster === now.cluster && down.length + up.length === 0 ? undefined : { change, seen: now };
}

function changed(seen: ClusterState, now: ClusterState): Extract<ClusterChange, { readonly type: "changed" }> {
  const diff = diffClusters(seen.cluster, now.cluster, { silentBefore: seen.silent, silentNow: now.silent });
  return { type: "changed", cluster: now.cluster, previous: seen.cluster, diff };
}
