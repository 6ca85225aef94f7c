import { type AsyncNameServerClient, connect, type ConnectOptions, NameServerResponseError, TopicNotFoundError } from "../../mod.ts";
import type { BrokerRegistered, BrokerRegistration } from "../../src/model/broker_registration.ts";
import type { ClusterInfo } from "../../src/model/cluster_info.ts";
import type { TopicRouteData } from "../../src/model/topic_route.ts";
import { type CommandInit, createRequest, type RemotingCommand } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol.ts";
import type { Serialization } from "../../src/protocol/encode_command.ts";
import type { PerServer } from "../../src/request/name_server_api.ts";
import type { RocketMqVersion } from "../real/start.ts";
import { eventually } from "./eventually.ts";
import { headerText, outcome, type Said, said } from "./said.ts";
import { Wire } from "./wire.ts";

/** A server that steps are played on. */
export interface Subject {
  readonly version: RocketMqVersion;
  /** `host:port` */
  readonly address: string;
  /** After so long without an answer there is none. */
  readonly silenceMs: number;
}

/** One step's way to the server. The server knows no broker when a step begins; what the step leaves behind is swept up after it. */
export class Stage implements AsyncDisposable {
  readonly version: RocketMqVersion;
  readonly address: string;
  /** Asks; brokers that are to leave register on connections of their own. */
  readonly client: AsyncNameServerClient;
  readonly #clients: AsyncNameServerClient[] = [];
  readonly #wires: Wire[] = [];
  readonly #silenceMs: number;

  private constructor({ version, address, silenceMs }: Subject, client: AsyncNameServerClient) {
    this.version = version;
    this.address = address;
    this.client = client;
    this.#silenceMs = silenceMs;
  }

  /** @throws {Error} Where the server knows brokers: an earlier step went wrong. */
  static async open(subject: Subject): Promise<Stage> {
    const stage = new Stage(subject, await connect(subject.address));
    const known = await stage.#listed();
    if (known.length === 0) return stage;
    await stage.client.close();
    throw new Error(`Cannot begin at "${subject.address}": it knows ${known.join(", ")} already`);
  }

  /** A client with a connection of its own. */
  async connect(options: ConnectOptions = {}): Promise<AsyncNameServerClient> {
    const client = await connect(this.address, options);
    this.#clients.push(client);
    return client;
  }

  /** A connection on which bytes are written by hand. */
  async dial(): Promise<Wire> {
    const wire = await Wire.dial(this.address);
    this.#wires.push(wire);
    return wire;
  }

  /** Registers a broker, on a connection of its own unless one is given; gives the connection. */
  async register(registration: BrokerRegistration, client?: AsyncNameServerClient): Promise<AsyncNameServerClient> {
    const own = client ?? await this.connect();
    await own.registerBroker(registration);
    return own;
  }

  /** Registers a broker on a connection of its own; gives the answer without the table of ordered topics, which may be there or not. */
  async registered(registration: BrokerRegistration): Promise<Omit<BrokerRegistered, "kvTable">> {
    const { kvTable: _, ...addresses } = only(await (await this.connect()).registerBroker(registration));
    return addresses;
  }

  /** Sends a request that the client has no method for, or not like this. */
  async ask(code: number, init: CommandInit & { readonly version?: number } = {}): Promise<Said> {
    return said(await this.client.remote.request(request(code, init)));
  }

  /** What the server does about a frame or other bytes, on a connection of their own. */
  async reaction(sent: RemotingCommand | Uint8Array, serialization: Serialization = "json"): Promise<"closed" | "silent" | Said> {
    const bytes = sent instanceof Uint8Array ? sent : encodeCommand(sent, serialization);
    return outcome(await (await this.dial()).reaction(bytes, this.#silenceMs));
  }

  /** The text of the JSON header that answers a request. */
  async answerHeader(sent: RemotingCommand): Promise<string> {
    const wire = await this.dial();
    await wire.send(encodeCommand(sent));
    const frame = await wire.receive();
    if (frame === null) throw new Error(`Cannot read answer of "${this.address}": the connection ended`);
    return headerText(frame);
  }

  /** The route of a topic; `undefined` where the server knows none. */
  async route(topic: string): Promise<TopicRouteData | undefined> {
    try {
      return await this.client.queryTopicRouteInfo(topic);
    } catch (error) {
      if (error instanceof TopicNotFoundError) return undefined;
      throw error;
    }
  }

  /** Permission of a topic by broker; `undefined` where it has no route. */
  async perms(topic: string): Promise<Readonly<Record<string, number>> | undefined> {
    const queues = (await this.route(topic))?.queueDatas;
    return queues && Object.fromEntries(queues.map(({ brokerName, perm }) => [brokerName, perm]));
  }

  /** What 106 lists. While brokers leave, a server may stumble over its own tables, and says so: then it is asked again. */
  async cluster(): Promise<ClusterInfo> {
    for (;;) {
      try {
        return await this.client.getBrokerClusterInfo();
      } catch (error) {
        // it writes them out without a lock — namesrv/routeinfo/RouteInfoManager.java getAllClusterInfo
        if (!(error instanceof NameServerResponseError && error.remark.includes("ConcurrentModificationException"))) throw error;
      }
    }
  }

  /** Addresses by id of every broker that is listed. */
  async brokers(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>> {
    const { brokerAddrTable } = await this.cluster();
    return Object.fromEntries(Object.entries(brokerAddrTable).map(([name, { brokerAddrs }]) => [name, { ...brokerAddrs }]));
  }

  /** Waits until these brokers are listed and no others, and gives what is listed in the end: 5.x takes brokers out a little later. */
  async brokersBecome(...names: readonly string[]): ReturnType<Stage["brokers"]> {
    return await eventually(() => this.brokers(), (brokers) => `${Object.keys(brokers).sort()}` === `${[...names].sort()}`);
  }

  /** Does something under another configuration. Settings that the release does not have are left alone. */
  async withConfig<T>(settings: Readonly<Record<string, string>>, act: () => Promise<T>): Promise<T> {
    const before = only(await this.client.getNameServerConfig());
    const names = Object.keys(settings).filter((name) => name in before);
    const restored = Object.fromEntries(names.map((name) => [name, before[name]!]));
    await this.client.updateNameServerConfig(settings);
    try {
      return await act();
    } finally {
      await this.client.updateNameServerConfig(restored);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const wire of this.#wires) wire[Symbol.dispose]();
    await Promise.all(this.#clients.map((client) => client.close()));
    try {
      const left = await eventually(() => this.#sweep(), (names) => names.length === 0);
      if (left.length > 0) throw new Error(`Cannot clear "${this.address}": ${left.join(", ")} stays`);
    } finally {
      await this.client.close();
    }
  }

  /** Unregisters whoever is listed, be it without an address; gives the names that were there. */
  async #sweep(): Promise<readonly string[]> {
    for (const { cluster, brokerName, brokerAddrs } of Object.values((await this.cluster()).brokerAddrTable)) {
      for (const [id, brokerAddr] of [...Object.entries(brokerAddrs), ["0", "none:0"]] as const) {
        await this.client.unregisterBroker({ cluster, brokerName, brokerAddr, brokerId: BigInt(id) });
      }
    }
    return await this.#listed();
  }

  /** Names of all brokers, clusters and topics. */
  async #listed(): Promise<readonly string[]> {
    const { brokerAddrTable, clusterAddrTable } = await this.cluster();
    return [...Object.keys(brokerAddrTable), ...Object.keys(clusterAddrTable), ...await this.client.listTopics()];
  }
}

/** What the only server said. */
export function only<T>(answers: PerServer<T>): T {
  const [answer, ...more] = answers.values();
  if (answers.size !== 1) throw new TypeError(`Cannot tell one answer of ${more.length + 1}`);
  return answer!;
}

/** A request by its code, of this package's version unless another is given. */
export function request(code: number, { version, ...init }: CommandInit & { readonly version?: number } = {}): RemotingCommand {
  const command = createRequest(code, init);
  return version === undefined ? command : { ...command, version };
}
