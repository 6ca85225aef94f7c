import type { RemoteEvent } from "../remote/events.ts";
import { checkTimeout } from "../remote/options.ts";
import type { Remote, RequestOptions } from "../remote/remote.ts";
import type { CallOptions } from "../request/call_options.ts";
import type { NameServerApi, PerServer } from "../request/name_server_api.ts";
import { collectAnswers } from "../request/per_server.ts";
import { readAnswer } from "../request/read_answer.ts";
import { requestMethods } from "../request/request_methods.ts";
import type { RequestSpec } from "../request/request_spec.ts";
import type { ConsumerRegistrationOptions, RegistrationOptions } from "../route/registration/options.ts";
import { consumerGroup, producerGroup } from "../route/registration/registered_group.ts";
import type { RouteCacheOptions } from "./cache/options.ts";
import { ClientEvents } from "./client_events.ts";
import type { ClientRegistration } from "./registration/client_registration.ts";
import { Registrar } from "./registration/registrar.ts";
import { RouteCache } from "./route_cache.ts";
import { serversToAsk } from "./servers_to_ask.ts";

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
  readonly #defaults: { readonly read: RequestOptions; readonly write: RequestOptions };
  #closing: Promise<void> | undefined;

  /** Makes a client on a remote, which it owns from now on. @throws {RangeError} If a number among the options is out of its range. */
  constructor(remote: Remote, options: AsyncClientOptions = {}) {
    this.remote = remote;
    const timeout = options.timeoutMs === undefined ? {} : { timeoutMs: checkTimeout("timeoutMs", options.timeoutMs) };
    this.#events = new ClientEvents(remote);
    this.routes = new RouteCache({ remote, events: this.#events, timeoutMs: options.timeoutMs }, options.routes);
    this.#registrar = new Registrar({
      remote,
      source: {
        ofCluster: async (options) => Object.values((await this.getBrokerClusterInfo(options)).brokerAddrTable),
        ofTopic: async (topic, options) => (await this.queryTopicRouteInfo(topic, options)).brokerDatas,
      },
      timeoutMs: options.timeoutMs,
      publish: (event) => this.#events.publish(event),
    });
    this.#defaults = { read: { ...timeout, idempotent: true }, write: { ...timeout, idempotent: false } };
  }

  static {
    Object.defineProperties(
      this.prototype,
      requestMethods<AsyncNameServerClient>((client, spec, params, options) =>
        spec.target === "one" ? client.#askOne(spec, params, options) : client.#askAll(spec, params, options)
      ),
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
    const stored = this.routes.close();
    await this.remote.close(this.#registrar.close());
    await stored;
    await this.#events.close();
  }

  async #askOne<P, R>(spec: RequestSpec<P, R>, params: P, options?: CallOptions): Promise<R> {
    const command = spec.encode(params);
    const defaults = this.#defaults[spec.idempotent ? "read" : "write"];
    const response = await this.remote.request(command, options === undefined ? defaults : { ...defaults, ...options });
    return readAnswer(spec, response, params);
  }

  /** NameServers do not tell each other: what is to hold everywhere is said to each. */
  async #askAll<P, R>(spec: RequestSpec<P, R>, params: P, options?: CallOptions): Promise<PerServer<R>> {
    const { timeoutMs } = this.#defaults.write;
    const { addresses, ...rest } = await serversToAsk(this.remote, spec.operation, {
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...options,
    });
    const asked = addresses.map((address) => this.#askOne(spec, params, { ...options, ...rest, address }));
    const results = await Promise.allSettled(asked);
    return collectAnswers(spec, addresses.map((address, i) => ({ address, result: results[i]! })));
  }
}
