import type { RemoteEvent } from "../remote/events.ts";
import type { Remote } from "../remote/remote.ts";
import { requireRemote } from "../remote/require_remote.ts";
import { runtimeTimers } from "../remote/timers.ts";
import type { CallOptions } from "../request/call_options.ts";
import type { NameServerApi } from "../request/name_server_api.ts";
import { requestMethods } from "../request/request_methods.ts";
import type { NameServerComparison } from "../route/compare_servers.ts";
import type { ConsumerRegistrationOptions, RegistrationOptions } from "../route/registration/options.ts";
import { consumerGroup, producerGroup } from "../route/registration/registered_group.ts";
import { Asker } from "./asker.ts";
import type { BrokerStatus } from "./brokers/broker_status.ts";
import { type BrokerStatusOptions, getBrokerStatus, type StatusDefaults } from "./brokers/get_broker_status.ts";
import type { RouteCacheOptions } from "./cache/options.ts";
import { ClientEvents } from "./client_events.ts";
import { compareNameServers } from "./compare_name_servers.ts";
import type { ClientRegistration } from "./registration/client_registration.ts";
import { Registrar } from "./registration/registrar.ts";
import { RouteCache } from "./route_cache.ts";
import type { ClusterChange } from "./watch/cluster_change.ts";
import type { WatchOptions } from "./watch/options.ts";
import type { TopicRouteChange } from "./watch/topic_change.ts";
import { Watches } from "./watch/watches.ts";

/** How a client is made. */
export interface AsyncClientOptions {
  /** Default of `CallOptions.timeoutMs`. @default {5000} */
  readonly timeoutMs?: number;
  /** How routes are kept. */
  readonly routes?: RouteCacheOptions;
}

/** Every request of the protocol, as a method each. */
export interface AsyncNameServerClient extends NameServerApi {}

/**
 * Asks NameServers, without blocking. One client serves a whole program: calls share one connection a server.
 *
 * @example A route, from a NameServer inside the process
 * ```ts
 * import { AsyncNameServerClient, createRemote } from "@rmq/nameserver";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * const remote = createRemote(server.address, { adapter: server.adapter });
 * await using client = new AsyncNameServerClient(remote, { timeoutMs: 2000 });
 * const cluster = await client.getBrokerClusterInfo();
 * assertEquals(Object.keys(cluster.brokerAddrTable), []);
 * ```
 */
export class AsyncNameServerClient implements AsyncDisposable {
  /** The layer below, which the client owns and closes. */
  readonly remote: Remote;
  /** Routes kept and refreshed for you; `queryTopicRouteInfo` always asks the server. */
  readonly routes: RouteCache;
  readonly #events: ClientEvents;
  readonly #registrar: Registrar;
  readonly #watches: Watches;
  readonly #statusDefaults: StatusDefaults;
  readonly #asker: Asker;
  #closing: Promise<void> | undefined;

  /** Makes a client on a remote, which it owns from now on. @throws {TypeError | RangeError} If it blocks, or a number is out of its range. */
  constructor(remote: Remote, options: AsyncClientOptions = {}) {
    requireRemote("async", remote, options);
    this.remote = remote;
    this.#asker = new Asker(remote, options.timeoutMs);
    this.#events = new ClientEvents(remote);
    this.routes = new RouteCache({ remote, events: this.#events, timeoutMs: options.timeoutMs }, options.routes);
    const publish = (event: RemoteEvent): void => this.#events.publish(event);
    const source = {
      ofCluster: async (options?: CallOptions) => Object.values((await this.getBrokerClusterInfo(options)).brokerAddrTable),
      ofTopic: async (topic: string, options?: CallOptions) => (await this.queryTopicRouteInfo(topic, options)).brokerDatas,
    };
    this.#registrar = new Registrar({ remote, source, timeoutMs: options.timeoutMs, publish });
    this.#statusDefaults = { timeoutMs: options.timeoutMs, mapAddress: options.routes?.mapAddress, now: () => runtimeTimers.now() };
    this.#watches = new Watches({ ...this.#statusDefaults, remote, timers: runtimeTimers, random: Math.random, report: publish });
  }

  static {
    Object.defineProperties(
      this.prototype,
      requestMethods<AsyncNameServerClient>((client, spec, params, options) => client.#asker.ask(spec, params, options)),
    );
  }

  /** The servers, in their normal form. */
  get addresses(): readonly string[] {
    return this.remote.addresses;
  }

  /** Whether {@link close} was called. */
  get closed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * Makes a group known to the brokers that the NameServer lists, and keeps it known: a heartbeat at once, then every `intervalMs`, to
   * masters as they come and go. A NameServer itself keeps no clients; brokers do. Groups of one clientId share a heartbeat, and a client
   * shares one connection a broker. Resolves when each broker has answered or failed, and one at least has accepted.
   *
   * Registrations never keep the process alive. A broker forgets a client that ends without {@link ClientRegistration.unregister} or
   * {@link close} when it sees the connection end, and 120 s after the last heartbeat where it does not.
   *
   * @param group Up to 255 letters, digits, `%`, `|`, `_` and `-`.
   * @param clientId Up to 255 characters; `createClientId()` makes one as Java does.
   * @throws {NameServerUnavailableError} If no broker accepts the first heartbeat; then nothing goes on in the background.
   * @throws {TypeError | RangeError} If a name or an option makes no sense. The signal's reason.
   */
  async registerProducer(group: string, clientId: string, options: RegistrationOptions = {}): Promise<ClientRegistration> {
    return await this.#registrar.register(producerGroup({ group, clientId }, options), options);
  }

  /**
   * Makes a group that receives known to every broker, slaves included, as {@link registerProducer} does. Messages are another library's
   * business: brokers list the group and notify its members (`notification` in {@link events}).
   *
   * @param group Up to 255 letters, digits, `%`, `|`, `_` and `-`.
   * @param clientId Up to 255 characters; `createClientId()` makes one as Java does.
   * @throws As {@link registerProducer}.
   */
  async registerConsumer(group: string, clientId: string, options: ConsumerRegistrationOptions = {}): Promise<ClientRegistration> {
    return await this.#registrar.register(consumerGroup({ group, clientId }, options, Date.now()), options);
  }

  /**
   * The route of a topic now, then each time it differs, as `snapshot`, `changed`, `removed` and `error` items. What a topic that was removed
   * comes back as, and one that was not there from the start (an `error` with `TopicNotFoundError`), is a `snapshot`.
   *
   * A slow reader gets one change from what it saw last to what is known when it asks. While servers can't say anything there is one `error`;
   * they recover in silence, or with the next change. Ends normally with the client, the signal or `break`. As long as a `next()` waits the
   * process stays alive; while none waits, nothing is asked. Watches of one topic share their polls.
   *
   * @throws {TypeError} If the topic is empty. @throws {RangeError} If `intervalMs` is not above 0 and at most 2,147,483,647.
   * @example Follow a topic until it is gone
   * ```ts
   * import { connect } from "@rmq/nameserver";
   * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
   * import { assertEquals } from "@std/assert";
   *
   * await using server = new EmbeddedNameServer();
   * server.setTopicRoute("orders", { queueDatas: [], brokerDatas: [], filterServerTable: {} });
   * await using client = await connect(server.address, { adapter: server.adapter });
   * const seen: string[] = [];
   * for await (const change of client.watchTopicRoute("orders", { intervalMs: 10 })) {
   *   seen.push(change.type);
   *   if (change.type === "snapshot") await client.deleteTopic({ topic: "orders" });
   *   if (change.type === "removed") break;
   * }
   * assertEquals(seen, ["snapshot", "removed"]);
   * ```
   */
  watchTopicRoute(topic: string, options: WatchOptions = {}): AsyncIterableIterator<TopicRouteChange> {
    return this.#watches.watchTopic(topic, options);
  }

  /**
   * Brokers and clusters now, then each time they differ: who joined, left or moved, which masters were lost and gained. Otherwise as
   * {@link watchTopicRoute}.
   *
   * With `probe` each broker is asked, too, at the same interval: one that does not answer is `down`, by its name, long before the NameServer
   * takes it off its list, and `up` when it answers again. To a watch all are up at first; those that are not come as its first change.
   *
   * @throws {RangeError} If `intervalMs` is not above 0 and at most 2,147,483,647.
   * @example Wait for a broker
   * ```ts
   * import { connect } from "@rmq/nameserver";
   * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
   * import { assertEquals } from "@std/assert";
   *
   * await using server = new EmbeddedNameServer();
   * await using client = await connect(server.address, { adapter: server.adapter });
   * const version = { stateVersion: 0, timestamp: 0, counter: 1 };
   * const broker = { cluster: "c", brokerName: "a", brokerId: 0, brokerAddr: "10.0.0.1:10911", topics: {}, version };
   * for await (const change of client.watchCluster({ intervalMs: 10 })) {
   *   if (change.type === "snapshot") server.registerBroker(broker);
   *   if (change.type !== "changed") continue;
   *   assertEquals(change.diff.brokersAdded, ["a"]);
   *   break;
   * }
   * ```
   */
  watchCluster(options: WatchOptions = {}): AsyncIterableIterator<ClusterChange> {
    return this.#watches.watchCluster(options);
  }

  /**
   * Asks a NameServer for its brokers, then each of them how it does (GET_BROKER_RUNTIME_INFO 28), 64 at a time: alive, version, round trip,
   * figures. One that does not answer in its share of the deadline has `error`, and the others theirs.
   *
   * @returns Masters and slaves in the order of cluster, name and id.
   * @throws {NameServerError} If no NameServer can say which brokers there are.
   */
  getBrokerStatus(options: BrokerStatusOptions = {}): Promise<readonly BrokerStatus[]> {
    return getBrokerStatus(this, options, this.#statusDefaults);
  }

  /**
   * Asks every server for its brokers (106) and topics (206), and says where they differ: NameServers don't tell each other. Those that fail
   * are in `failures`, and take no part. A difference may be one of the moment: brokers tell each server in turn.
   *
   * @example Two servers, of which one has missed a broker
   * ```ts
   * import { connect } from "@rmq/nameserver";
   * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
   * import { assertEquals } from "@std/assert";
   *
   * await using first = new EmbeddedNameServer();
   * await using second = new EmbeddedNameServer();
   * const addresses = [(await first.listen()).address, (await second.listen()).address];
   * const version = { stateVersion: 0, timestamp: 0, counter: 1 };
   * first.registerBroker({ cluster: "c", brokerName: "a", brokerId: 0, brokerAddr: "10.0.0.1:10911", topics: {}, version });
   * await using client = await connect(addresses);
   * const { agree, brokers } = await client.compareNameServers();
   * assertEquals(agree, false);
   * assertEquals(brokers.map(({ brokerName, missingOn }) => [brokerName, missingOn]), [["a", [addresses[1]!]]]);
   * ```
   */
  compareNameServers(options: CallOptions = {}): Promise<NameServerComparison> {
    return compareNameServers(this, options);
  }

  /** What happens in the client and below its calls, from now on; ends with the client, the signal or `break`. */
  events(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent> {
    return this.#events.read(options);
  }

  /**
   * Calls in flight reject with `NameServerClosedError` at once; goodbyes to brokers get at most 1 s in all; then every socket closes.
   * Idempotent, never rejects.
   */
  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#watches.close();
    const stored = this.routes.close();
    await this.remote.close(this.#registrar.close());
    await stored;
    await this.#events.close();
  }
}
