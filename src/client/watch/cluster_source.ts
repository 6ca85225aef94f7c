import { type ClusterInfo, parseClusterInfo } from "../../model/cluster_info.ts";
import { REMOTE_DEFAULTS } from "../../remote/options.ts";
import { getBrokerClusterInfo } from "../../request/route.ts";
import { sameCluster } from "../../route/same_cluster.ts";
import { askBrokers } from "../brokers/ask_brokers.ts";
import { brokerMembers } from "../brokers/broker_member.ts";
import { mapCluster } from "../map_cluster.ts";
import type { ClusterState } from "./cluster_change.ts";
import { LastAnswer } from "./last_answer.ts";
import type { Poll } from "./poller.ts";
import type { WatchContext } from "./watch_context.ts";

const NOBODY: ReadonlySet<string> = new Set();

/** Asks for the brokers (106), and the brokers themselves whether they are alive. */
export class ClusterSource {
  readonly #context: WatchContext;
  readonly #last: LastAnswer<ClusterInfo>;

  constructor(context: WatchContext) {
    this.#context = context;
    this.#last = new LastAnswer({
      operation: getBrokerClusterInfo.operation,
      parse: (body) => mapCluster(parseClusterInfo(body), context.mapAddress),
      isSame: sameCluster,
    });
  }

  /** What the NameServer says is published before brokers are asked: those that are down may take their time. */
  async poll({ former, probe, signal, publish }: Poll<ClusterState>): Promise<ClusterState> {
    const { remote, timeoutMs } = this.#context;
    const timeout = timeoutMs === undefined ? {} : { timeoutMs };
    const response = await remote.request(getBrokerClusterInfo.encode(), { ...timeout, signal, idempotent: true });
    const cluster = this.#last.read(response);
    const listed = former?.cluster === cluster ? former : { cluster, silent: former?.silent ?? NOBODY };
    if (!probe) return listed;
    publish(listed);
    const silent = await this.#findSilent(cluster, signal);
    return sameSet(silent, listed.silent) ? listed : { cluster, silent };
  }

  async #findSilent(cluster: ClusterInfo, signal: AbortSignal): Promise<ReadonlySet<string>> {
    const { remote, timers, timeoutMs = REMOTE_DEFAULTS.timeoutMs } = this.#context;
    const statuses = await askBrokers(remote, brokerMembers(cluster), { timeoutMs, signal, now: () => timers.now() });
    return new Set(statuses.filter(({ alive }) => !alive).map(({ address }) => address));
  }
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
