import { NameServerClosedError } from "../errors.ts";
import { parseAddress } from "../remote/address.ts";
import { checkTimeout, REMOTE_DEFAULTS } from "../remote/options.ts";
import { requireRemote } from "../remote/require_remote.ts";
import type { NameServerApi, PerServer } from "../request/name_server_api.ts";
import { collectAnswers } from "../request/per_server.ts";
import { readAnswer } from "../request/read_answer.ts";
import { requestMethods } from "../request/request_methods.ts";
import type { RequestSpec } from "../request/request_spec.ts";
import type { Sync } from "../request/sync.ts";
import type { ConsumerRegistrationOptions, RegistrationOptions } from "../route/registration/options.ts";
import { consumerGroup, producerGroup, type RegisteredGroup } from "../route/registration/registered_group.ts";
import { BlockingRemote } from "./blocking_remote.ts";
import type { SyncCallOptions } from "./options.ts";
import { SyncRegistrar } from "./sync_registrar.ts";
import { SyncRegistration } from "./sync_registration.ts";
import type { SyncRemote, SyncRequestOptions } from "./sync_remote.ts";
import { type SyncRouteOptions, SyncRoutes } from "./sync_routes.ts";

/** How a client is made. */
export interface SyncClientOptions {
  /** Default of `SyncCallOptions.timeoutMs`. @default {5000} */
  readonly timeoutMs?: number;
  /** How routes are kept. */
  readonly routes?: SyncRouteOptions;
}

/** How a client that blocks makes a group known to brokers. */
export type SyncRegistrationOptions = Omit<RegistrationOptions, "signal">;
/** How a client that blocks makes a group of consumers known to brokers. */
export type SyncConsumerRegistrationOptions = Omit<ConsumerRegistrationOptions, "signal">;

/** Every request of the protocol, as a method each. */
export interface SyncNameServerClient extends Sync<NameServerApi<SyncCallOptions>> {}

/**
 * Asks NameServers, and blocks the thread until they have answered. It is to the async client what `readFileSync` is to `readFile`: for
 * scripts, command lines and libraries that can't await. Sockets are served by a worker, which never keeps the process alive.
 *
 * @example Refused before anything starts where no server can be dialled
 * ```ts
 * import { createSyncRemote, SyncNameServerClient } from "@rmq/nameserver/sync";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * using client = new SyncNameServerClient(createSyncRemote("localhost", 1), { timeoutMs: 2000 });
 * assertThrows(() => client.getBrokerClusterInfo(), Error, 'Cannot connect to "localhost:1"');
 * assertEquals(client.closed, false);
 * ```
 */
export class SyncNameServerClient implements Disposable {
  /** The layer below, which the client owns and closes. */
  readonly remote: SyncRemote;
  /** Routes kept for you; `queryTopicRouteInfo` always asks the server. */
  readonly routes: SyncRoutes;
  readonly #timeoutMs: number;
  #registrar: SyncRegistrar | undefined;
  readonly #defaults: { readonly read: SyncRequestOptions; readonly write: SyncRequestOptions };
  #closed = false;

  /**
   * Makes a client on a remote, which it owns from now on.
   *
   * @throws {TypeError} If the remote is one that promises. @throws {RangeError} If a number is out of its range.
   */
  constructor(remote: SyncRemote, options: SyncClientOptions = {}) {
    requireRemote("sync", remote, options);
    this.remote = remote;
    const timeout = options.timeoutMs === undefined ? {} : { timeoutMs: checkTimeout("timeoutMs", options.timeoutMs) };
    this.#timeoutMs = options.timeoutMs ?? REMOTE_DEFAULTS.timeoutMs;
    this.routes = new SyncRoutes(remote, options.timeoutMs, options.routes);
    this.#defaults = { read: { ...timeout, idempotent: true }, write: { ...timeout, idempotent: false } };
  }

  static {
    Object.defineProperties(
      this.prototype,
      requestMethods<SyncNameServerClient>((client, spec, params, options) =>
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
    return this.#closed;
  }

  /**
   * Makes a group of producers known to the masters that the NameServer lists, and keeps it known: the worker repeats the heartbeat while
   * this thread computes or blocks. Brokers that come or go are noticed by the first call behind each interval.
   *
   * @throws {NameServerUnavailableError} If no broker accepts the first heartbeat; then nothing goes on.
   * @throws {TypeError | RangeError} If a name or option is none that brokers take.
   */
  registerProducer(group: string, clientId: string, options: SyncRegistrationOptions = {}): SyncRegistration {
    return this.#register(producerGroup({ group, clientId }, options), options);
  }

  /** The same for a group of consumers, at every broker. @throws As {@link registerProducer}. */
  registerConsumer(group: string, clientId: string, options: SyncConsumerRegistrationOptions = {}): SyncRegistration {
    return this.#register(consumerGroup({ group, clientId }, options, Date.now()), options);
  }

  /** Closes every socket and ends the worker. Idempotent, never throws. */
  close(): void {
    if (!this.#closed) this.#registrar?.close();
    this.#closed = true;
    this.routes.close();
    this.remote.close();
  }

  /** {@link close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #register(group: RegisteredGroup, { timeoutMs = this.#timeoutMs }: SyncCallOptions): SyncRegistration {
    if (!(this.remote instanceof BlockingRemote)) throw new TypeError("Cannot register: the remote is not one of createSyncRemote()");
    if (this.#closed) throw new NameServerClosedError("Cannot register: the client is closed");
    const registrar = this.#registrar ??= new SyncRegistrar(this.remote, {
      ofCluster: (options) => Object.values(this.getBrokerClusterInfo(options).brokerAddrTable),
      ofTopic: (topic, options) => this.queryTopicRouteInfo(topic, options).brokerDatas,
    });
    registrar.register(group, timeoutMs);
    return new SyncRegistration(group, registrar, this.#timeoutMs);
  }

  #askOne<P, R>(spec: RequestSpec<P, R>, params: P, options: SyncCallOptions | undefined): R {
    this.#registrar?.tend(options?.timeoutMs ?? this.#timeoutMs);
    return readAnswer(spec, this.remote.request(spec.encode(params), this.#optionsFor(spec, options)), params);
  }

  /** NameServers do not tell each other: what is to hold everywhere is said to each. */
  #askAll<P, R>(spec: RequestSpec<P, R>, params: P, options: SyncCallOptions | undefined): PerServer<R> {
    this.#registrar?.tend(options?.timeoutMs ?? this.#timeoutMs);
    const addresses = options?.address === undefined ? this.addresses : [parseAddress(options.address)];
    const responses = this.remote.requestEach(addresses, spec.encode(params), this.#optionsFor(spec, options));
    const results = responses.map((response) => settle(response, (value) => readAnswer(spec, value, params)));
    return collectAnswers(spec, addresses.map((address, i) => ({ address, result: results[i]! })));
  }

  #optionsFor({ idempotent }: RequestSpec<never, unknown>, options: SyncCallOptions | undefined): SyncRequestOptions {
    const defaults = this.#defaults[idempotent ? "read" : "write"];
    return options === undefined ? defaults : { ...defaults, ...options };
  }
}

function settle<T, R>(result: PromiseSettledResult<T>, read: (value: T) => R): PromiseSettledResult<R> {
  if (result.status === "rejected") return result;
  try {
    return { status: "fulfilled", value: read(result.value) };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
