import { queryTopicRouteInfo } from "../../request/route.ts";
import { type ClusterChange, type ClusterState, clusterStep, probedStep } from "./cluster_change.ts";
import { ClusterSource } from "./cluster_source.ts";
import { completeWatchOptions, type WatchOptions } from "./options.ts";
import { Poller, type PollSource } from "./poller.ts";
import type { StepTo } from "./step.ts";
import { type TopicRouteChange, type TopicState, topicStep } from "./topic_change.ts";
import { TopicSource } from "./topic_source.ts";
import type { WatchContext } from "./watch_context.ts";
import { type WatchError, WatchReader } from "./watch_reader.ts";

/** What is watched, in the table of pollers, where topics have names. */
const CLUSTER = "";

/** All watches of a client. Those of one thing share a poller, which lasts as long as one of them. */
export class Watches {
  readonly #context: WatchContext;
  readonly #topics = new Map<string, Poller<TopicState>>();
  readonly #clusters = new Map<string, Poller<ClusterState>>();
  #closed = false;

  constructor(context: WatchContext) {
    this.#context = context;
  }

  /** @throws {TypeError} If the topic is empty. @throws {RangeError} If `intervalMs` is out of its range. */
  watchTopic(topic: string, options: WatchOptions): AsyncIterableIterator<TopicRouteChange> {
    queryTopicRouteInfo.encode(topic); // refuses a name that makes no sense before anything is asked
    const make = () => new TopicSource(topic, this.#context);
    return this.#watch({ pollers: this.#topics, key: topic, make, stepTo: topicStep }, { ...options, probe: false });
  }

  /** @throws {RangeError} If `intervalMs` is out of its range. */
  watchCluster(options: WatchOptions): AsyncIterableIterator<ClusterChange> {
    const make = () => new ClusterSource(this.#context);
    return this.#watch({ pollers: this.#clusters, key: CLUSTER, make, stepTo: options.probe ? probedStep : clusterStep }, options);
  }

  /** Ends every watch. */
  close(): void {
    this.#closed = true;
    for (const poller of [...this.#topics.values(), ...this.#clusters.values()]) poller.close();
  }

  #watch<State, Change>(watched: Watched<State, Change>, options: WatchOptions): AsyncIterableIterator<Change | WatchError> {
    const { pollers, key, stepTo } = watched;
    const { signal } = options;
    return new WatchReader<State, Change>({
      ...completeWatchOptions(options),
      signal,
      stepTo,
      poller: () => this.#closed ? undefined : this.#pollerOf(watched),
      onEnd: (poller) => {
        if (!poller.isRead && pollers.get(key) === poller) pollers.delete(key);
      },
    });
  }

  #pollerOf<State>({ pollers, key, make }: Pick<Watched<State, unknown>, "pollers" | "key" | "make">): Poller<State> {
    const shared = pollers.get(key);
    if (shared !== undefined) return shared;
    const poller = new Poller(make(), this.#context);
    pollers.set(key, poller);
    return poller;
  }
}

/** One thing that can be watched. */
interface Watched<State, Change> {
  readonly pollers: Map<string, Poller<State>>;
  readonly key: string;
  readonly stepTo: StepTo<State, Change>;
  make(): PollSource<State>;
}
