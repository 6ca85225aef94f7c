import { type AsyncNameServerClient, connect, type ConnectOptions, type RemoteEvent } from "../../mod.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { Sequence } from "../remote/sequence.ts";
import { brokerA } from "../server/brokers.ts";

/** Some servers on ports of their own, each with a broker that tells them apart, and a client of all. */
export class Fleet implements AsyncDisposable {
  readonly servers: readonly EmbeddedNameServer[];
  readonly addresses: readonly string[];
  readonly client: AsyncNameServerClient;
  /** What happened since the client was connected, without times. */
  readonly events: Sequence<Readonly<Record<string, unknown>>> = new Sequence();
  readonly #reading: Promise<void>;

  private constructor(servers: readonly EmbeddedNameServer[], addresses: readonly string[], client: AsyncNameServerClient) {
    this.servers = servers;
    this.addresses = addresses;
    this.client = client;
    this.#reading = this.#read(client.events());
  }

  static async start(size: number, options: ConnectOptions = {}): Promise<Fleet> {
    const servers = Array.from({ length: size }, () => new EmbeddedNameServer());
    const addresses: string[] = [];
    for (const [index, server] of servers.entries()) {
      server.registerBroker(brokerA({ brokerName: `b${index}` }));
      addresses.push((await server.listen()).address);
    }
    return new Fleet(servers, addresses, await connect(addresses, { backoff: () => 10, ...options }));
  }

  /** Which server answers. */
  async ask(options: { readonly address?: string } = {}): Promise<number> {
    const { brokerAddrTable } = await this.client.getBrokerClusterInfo(options);
    return Number(Object.keys(brokerAddrTable)[0]?.slice(1));
  }

  /** The n-th event, from 0. An idle client keeps no process alive, so this does. */
  async event(index: number): Promise<Readonly<Record<string, unknown>>> {
    const hold = setInterval(() => {}, 1000);
    return await this.events.at(index).finally(() => clearInterval(hold));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.#reading;
    for (const server of this.servers) await server[Symbol.asyncDispose]();
  }

  async #read(events: AsyncIterable<RemoteEvent>): Promise<void> {
    for await (const event of events) {
      const { error, elapsedMs: _, ...rest } = event as unknown as {
        readonly error?: { readonly code: string };
        readonly elapsedMs?: number;
      };
      this.events.push({ ...rest, ...(error && { error: error.code }) });
    }
  }
}
