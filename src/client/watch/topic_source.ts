import { TopicNotFoundError } from "../../errors.ts";
import { parseTopicRoute, type TopicRouteData } from "../../model/topic_route.ts";
import { ResponseCode } from "../../protocol/codes.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import { queryTopicRouteInfo } from "../../request/route.ts";
import { sameRoute } from "../../route/same_route.ts";
import { deniedByOne } from "../cache/cache_warning.ts";
import { mapAddresses } from "../cache/map_addresses.ts";
import { LastAnswer } from "./last_answer.ts";
import type { Poll } from "./poller.ts";
import type { TopicState } from "./topic_change.ts";
import type { WatchContext } from "./watch_context.ts";

/**
 * With no other server to be asked, one that denies a topic of which there is a route is believed after so long: one that was restarted has
 * forgotten everything, and brokers come back every 30 s.
 */
const SUSPICION_MS = 60_000;

type Denial = Extract<TopicState, { readonly denial: unknown }>;

/** Asks for the route of a topic (105). */
export class TopicSource {
  readonly #topic: string;
  readonly #context: WatchContext;
  readonly #last: LastAnswer<TopicRouteData>;
  /** When servers that could be asked began to deny a topic of which there is a route. */
  #deniedAt: number | undefined;

  constructor(topic: string, context: WatchContext) {
    this.#topic = topic;
    this.#context = context;
    this.#last = new LastAnswer({
      operation: queryTopicRouteInfo.operation,
      parse: (body) => mapAddresses(parseTopicRoute(body), context.mapAddress),
      isSame: sameRoute,
    });
  }

  /** @throws {NameServerError} If no server can say. @throws {TopicNotFoundError} If one denies the topic and the others can't be asked. */
  async poll({ former, signal }: Poll<TopicState>): Promise<TopicState> {
    const state = await this.#ask({ signal });
    if ("denial" in state) {
      if (former === undefined) return state;
      return "denial" in former ? former : await this.#askOthers(state, signal);
    }
    this.#deniedAt = undefined;
    return former !== undefined && "route" in former && former.route === state.route ? former : state;
  }

  /** A server that was just restarted knows no topics: another one is asked before a route is given up. */
  async #askOthers(denied: Denial, signal: AbortSignal): Promise<TopicState> {
    const { address: denier = "" } = denied.denial;
    const others = this.#context.remote.addresses.filter((address) => address !== denier);
    for (const address of others) {
      const state = await this.#ask({ signal, address }).catch(() => undefined);
      signal.throwIfAborted();
      if (state === undefined) continue;
      if ("route" in state) this.#context.report(deniedByOne(this.#topic, denier, address));
      return state;
    }
    return others.length === 0 ? denied : this.#doubt(denied);
  }

  #doubt(denied: Denial): TopicState {
    const now = this.#context.timers.now();
    this.#deniedAt ??= now;
    if (now - this.#deniedAt < SUSPICION_MS) throw denied.denial;
    return denied;
  }

  async #ask(options: { readonly signal: AbortSignal; readonly address?: string }): Promise<TopicState> {
    const { remote, timeoutMs } = this.#context;
    const timeout = timeoutMs === undefined ? {} : { timeoutMs };
    const response = await remote.request(queryTopicRouteInfo.encode(this.#topic), { ...options, ...timeout, idempotent: true });
    try {
      return { route: this.#read(response) };
    } catch (error) {
      if (error instanceof TopicNotFoundError) return { denial: error };
      throw error;
    }
  }

  #read(response: RemotingCommand): TopicRouteData {
    if (response.code === ResponseCode.TOPIC_NOT_EXIST) queryTopicRouteInfo.decode(response, this.#topic); // throws
    return this.#last.read(response);
  }
}
