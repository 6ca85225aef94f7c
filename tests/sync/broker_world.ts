import type { Heard, SaidFaults } from "./server_order.ts";
import { ServerProcess } from "./server_process.ts";

/** Where a broker stands. @default {master of a name of its own that serves "orders"} */
export interface Place {
  readonly brokerName?: string;
  readonly brokerId?: number;
  readonly topics?: readonly string[];
}

/** What a broker answers to whatever it is told. */
const YES: SaidFaults = { answer: { type: "command", code: 0, remark: "" } };

/** A broker played by a server of its own. */
export class PlayedBroker {
  readonly address: string;
  readonly #servers: ServerProcess;
  readonly #server: number;

  constructor(servers: ServerProcess, server: number) {
    this.address = servers.addresses[server]!;
    this.#servers = servers;
    this.#server = server;
  }

  /** It accepts whatever it is told. */
  async accept(): Promise<void> {
    await this.#servers.setFaults(YES, this.#server);
  }

  /** It refuses whatever it is told. */
  async refuse(remark: string): Promise<void> {
    await this.behave({ answer: { type: "command", code: 1, remark } });
  }

  async behave(faults: SaidFaults): Promise<void> {
    await this.#servers.setFaults(faults, this.#server);
  }

  /** Heartbeats and goodbyes, oldest first. */
  async heard(): Promise<readonly Heard[]> {
    return await this.#servers.heard(this.#server);
  }

  /** Heartbeats and goodbyes in words, those that are repeated once: `"34 id: p; c"`. */
  async story(): Promise<readonly string[]> {
    const lines = (await this.heard()).map((each) => `${each.code} ${each.clientId}: ${each.producers}; ${each.consumers}`);
    return lines.filter((line, i) => line !== lines[i - 1]);
  }

  async stop(): Promise<void> {
    await this.#servers.stop(this.#server);
  }

  /** Starts it anew, knowing nobody. */
  async restart(): Promise<void> {
    await this.#servers.restart(this.#server);
    await this.accept();
  }
}

/** A NameServer, and brokers, in a process of their own. */
export class BrokerWorld implements AsyncDisposable {
  readonly #servers: ServerProcess;

  private constructor(servers: ServerProcess) {
    this.#servers = servers;
  }

  /** Starts a NameServer that lists nobody. */
  static async start(): Promise<BrokerWorld> {
    const servers = await ServerProcess.start(0);
    await servers.add(true);
    return new BrokerWorld(servers);
  }

  /** The NameServer's address. */
  get address(): string {
    return this.#servers.address;
  }

  /** Starts a broker that the NameServer lists. */
  async broker(place: Place = {}): Promise<PlayedBroker> {
    await this.#servers.add(true);
    const broker = new PlayedBroker(this.#servers, this.#servers.addresses.length - 1);
    await broker.accept();
    await this.list(broker.address, place);
    return broker;
  }

  /** The NameServer lists a broker from now on. */
  async list(brokerAddr: string, { brokerName = `of ${brokerAddr}`, brokerId = 0, topics = ["orders"] }: Place = {}): Promise<void> {
    await this.#servers.list({ brokerName, brokerId, brokerAddr, topics });
  }

  async silenceNameServer(): Promise<void> {
    await this.#servers.setFaults({ silent: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#servers[Symbol.asyncDispose]();
  }
}
