import { AsyncNameServerClient, createRemote, type RemoteOptions, type SocketAdapter } from "../../../mod.ts";
import { EmbeddedNameServer } from "../../../src/testing.ts";
import { formatEndpoint } from "../../../src/socket/format_endpoint.ts";
import { ScriptedPeer } from "../../remote/scripted_peer.ts";
import { ScriptedBroker } from "./scripted_broker.ts";

/** Where a broker stands. @default {master of "a" that serves "orders"} */
export interface Place {
  readonly brokerName?: string;
  readonly brokerId?: number;
  readonly topics?: readonly string[];
}

/** A NameServer and brokers in memory, and clients that can dial all of them. */
export class World implements AsyncDisposable {
  readonly nameServer: EmbeddedNameServer = new EmbeddedNameServer();
  readonly peer: ScriptedPeer;
  readonly adapter: SocketAdapter;
  readonly #brokers = new Map<string, ScriptedBroker>();

  constructor() {
    this.peer = new ScriptedPeer({
      dial: (address) => {
        if (this.#brokers.get(address)?.down ?? true) {
          throw Object.assign(new Error(`connect ECONNREFUSED ${address}`), { code: "ECONNREFUSED" });
        }
      },
      serve: (request, connection) => this.#brokers.get(connection.address)!.serve(request, connection),
    });
    this.adapter = {
      name: "world",
      connect: (endpoint, options) => {
        const isNameServer = formatEndpoint(endpoint) === this.nameServer.address;
        return (isNameServer ? this.nameServer.adapter : this.peer).connect(endpoint, options);
      },
    };
  }

  /** A broker that listens, and that the NameServer lists. */
  broker(address: string, { brokerName = "a", brokerId = 0, topics = ["orders"] }: Place = {}): ScriptedBroker {
    const broker = new ScriptedBroker();
    this.#brokers.set(address, broker);
    this.list(address, { brokerName, brokerId, topics });
    return broker;
  }

  /** The NameServer lists a broker from now on. */
  list(brokerAddr: string, { brokerName = "a", brokerId = 0, topics = ["orders"] }: Place = {}): void {
    const config = { readQueueNums: 4, writeQueueNums: 4, perm: 6, topicFilterType: "SINGLE_TAG", topicSysFlag: 0, order: false } as const;
    this.nameServer.registerBroker({
      cluster: "c",
      brokerName,
      brokerId,
      brokerAddr,
      haServerAddr: brokerAddr,
      topics: Object.fromEntries(topics.map((topicName) => [topicName, { topicName, ...config }])),
      version: { stateVersion: 0, timestamp: this.#registrations++, counter: 1 },
    });
  }

  /** The NameServer does not list it any more. */
  async unlist(brokerAddr: string, { brokerName = "a", brokerId = 0 }: Place = {}): Promise<void> {
    await using client = this.client();
    await client.unregisterBroker({ cluster: "c", brokerName, brokerId, brokerAddr });
  }

  client(options: RemoteOptions = {}): AsyncNameServerClient {
    return new AsyncNameServerClient(createRemote(this.nameServer.address, { adapter: this.adapter, ...options }));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.nameServer[Symbol.asyncDispose]();
  }

  #registrations = 1;
}

/** Waits until it holds; the test's own limit ends a wait for what never comes. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
