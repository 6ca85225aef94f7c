import type { RemotingCommand } from "../protocol/command.ts";
import type { BrokerRegistration } from "../model/broker_registration.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import type { SocketAdapter } from "../socket/socket.ts";
import type { EmbeddedOptions } from "./embedded_options.ts";
import { type Faults, FaultSwitch } from "./faults.ts";
import { MemoryAdapter } from "./memory_adapter.ts";
import { NameServerCore } from "./name_server_core.ts";
import { type ConnectionHost, ServerConnection } from "./server_connection.ts";
import type { ServerSocket } from "./server_socket.ts";
import { TcpListener } from "./tcp_listener.ts";

const DEFAULT_ADDRESS = "embedded:9876";
const LOOPBACK = "127.0.0.1";
/** How often connections and brokers are looked at for having been silent too long. */
const CHECK_INTERVAL_MS = 1000;

/**
 * A whole NameServer inside the process, for tests and demos: every request that a real one answers, answered the same way. It is dialled
 * through {@link EmbeddedNameServer.adapter} with no port at all, and through real ports after {@link EmbeddedNameServer.listen}: brokers,
 * Java clients and admin tools can use it.
 *
 * @example Ask for a route with nothing installed
 * ```ts
 * import { connect } from "@rmq/nameserver";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * server.setTopicRoute("orders", { queueDatas: [], brokerDatas: [], filterServerTable: {} });
 * await using client = await connect(server.address, { adapter: server.adapter });
 * assertEquals((await client.queryTopicRouteInfo("orders")).brokerDatas, []);
 * ```
 */
export class EmbeddedNameServer implements AsyncDisposable {
  /** Dials the server with no port: `connect(server.address, { adapter: server.adapter })`. Other addresses are refused. */
  readonly adapter: SocketAdapter;
  /** The address that {@link EmbeddedNameServer.adapter} knows, `host:port`. */
  readonly address: string;
  readonly #core: NameServerCore;
  readonly #received: RemotingCommand[] = [];
  readonly #faults = new FaultSwitch();
  readonly #connections = new Map<ServerConnection, Promise<void>>();
  readonly #listeners: TcpListener[] = [];
  readonly #host: ConnectionHost;
  /** What {@link Faults.answer} threw first. */
  #failure: { readonly error: unknown } | undefined;
  #lastCheckMs: number;
  #timer: ReturnType<typeof setInterval> | undefined;
  #disposed: Promise<void> | undefined;

  /** Starts a server without brokers and topics. It holds no resource until something connects or it listens. */
  constructor(options: EmbeddedOptions = {}) {
    this.address = options.address ?? DEFAULT_ADDRESS;
    this.#core = new NameServerCore(options);
    this.#lastCheckMs = this.#core.now();
    this.adapter = new MemoryAdapter((address, socket) => this.#acceptInProcess(address, socket));
    this.#host = {
      faults: this.#faults,
      emulation: this.#core.emulation,
      read: (frame, connection) => this.#core.read(frame, connection),
      now: this.#core.now,
      received: (request) => this.#received.push(request),
      handle: (request) => {
        this.#closeIdle();
        return this.#core.handle(request);
      },
      failed: (error) => this.#failure ??= { error },
      closed: (connection) => this.#forget(connection),
    };
  }

  /** Requests received, one-way ones too, oldest first. */
  get received(): readonly RemotingCommand[] {
    return this.#received;
  }

  /**
   * Takes a broker in, as REGISTER_BROKER (103) does, but bound to no connection, and also if its first registration has a single topic. It
   * expires as any broker does, after `heartbeatTimeoutMs` without a further registration or heartbeat.
   */
  registerBroker(registration: BrokerRegistration): void {
    this.#core.registerBroker(registration);
  }

  /** Gives a topic this route, whatever brokers register, until it is deleted or given another. @throws {TypeError} If a field is missing, or a broker's id is no integer. */
  setTopicRoute(topic: string, route: TopicRouteData): void {
    this.#core.setTopicRoute(topic, route);
  }

  /** Lets things go wrong from now on, in place of the former faults; `{}`: nothing. @throws {RangeError} If a number makes no sense. */
  setFaults(faults: Faults): void {
    this.#faults.set(faults);
  }

  /** Closes every connection, as a server does that stops. Brokers that registered on them are forgotten. */
  dropConnections(): void {
    for (const connection of this.#connections.keys()) connection.close();
  }

  /**
   * Serves on a loopback port, beside the adapter. It holds the process until the server is closed.
   *
   * @param options `port` 0, the default: any free one.
   */
  async listen(options: { readonly port?: number; readonly hostname?: string } = {}): Promise<{ readonly address: string }> {
    if (this.#disposed !== undefined) throw new TypeError("Cannot listen: the server is closed");
    const { port = 0, hostname = LOOPBACK } = options;
    const listener = await TcpListener.listen({ hostname, port }, (socket) => this.#accept(socket));
    this.#listeners.push(listener);
    return { address: listener.address };
  }

  /** Closes ports and connections; resolves when nothing is left open, or rejects with what `Faults.answer` threw. Idempotent. */
  close(): Promise<void> {
    return this.#disposed ??= this.#dispose();
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #dispose(): Promise<void> {
    this.#faults.set({});
    const open = [...this.#connections.values()];
    this.dropConnections();
    await Promise.all([...open, ...this.#listeners.map((listener) => listener.close())]);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #acceptInProcess(address: string, socket: ServerSocket): boolean {
    const isKnown = address === this.address || this.#listeners.some((listener) => listener.address === address);
    if (!isKnown || this.#disposed !== undefined || this.#faults.current.refuse) return false;
    this.#accept(socket);
    return true;
  }

  #accept(socket: ServerSocket): void {
    if (this.#disposed !== undefined || this.#faults.current.refuse) return socket.close();
    const connection = new ServerConnection(socket, this.#host);
    this.#connections.set(connection, connection.serve());
    this.#timer ??= setInterval(() => this.#closeIdle(), CHECK_INTERVAL_MS);
  }

  #forget(connection: ServerConnection): void {
    this.#connections.delete(connection);
    this.#core.connectionClosed(connection);
    if (this.#connections.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Closes what the real server closes after a while: brokers that expired, and connections without a word. */
  #closeIdle(): void {
    if (this.#core.now() - this.#lastCheckMs < CHECK_INTERVAL_MS) return;
    this.#lastCheckMs = this.#core.now();
    const expired = this.#core.expireBrokers();
    for (const connection of [...this.#connections.keys()]) {
      if (expired.includes(connection) || this.#core.isIdle(connection.lastUseMs)) connection.close();
    }
  }
}
