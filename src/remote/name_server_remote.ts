import { NameServerClosedError } from "../errors.ts";
import { FLAG_ONEWAY, type RemotingCommand } from "../protocol/command.ts";
import type { CallOptions } from "../request/call_options.ts";
import { operationOf } from "../request/operation.ts";
import { responseError } from "../request/response_error.ts";
import { runtimeAdapter } from "../socket/runtime_adapter.ts";
import { type Addresses, parseAddress, parseAddresses } from "./address.ts";
import type { CallInit } from "./call.ts";
import { closedClient } from "./closed_client.ts";
import { Connection, type ConnectionContext, type ConnectionOptions } from "./connection.ts";
import { Deadlines } from "./deadlines.ts";
import { EventHub } from "./event_hub.ts";
import type { RemoteEvent } from "./events.ts";
import { type RequestFinisher, requestFinisher } from "./finish_request.ts";
import { completeOptions, type RemoteOptions } from "./options.ts";
import type { Aborted, Outcome } from "./outcome.ts";
import { callPolicy, dialPolicy, type PolicyCall, type Step } from "./policy.ts";
import { policyCall } from "./policy_call.ts";
import type { Remote, RequestOptions } from "./remote.ts";
import { Servers } from "./servers.ts";
import { SharedSignals } from "./shared_signals.ts";
import { Sleepers } from "./sleepers.ts";
import { runtimeTimers } from "./timers.ts";

/** What a call sends. */
type Sent = Pick<CallInit, "command" | "operation">;
type Policy<T> = (call: PolicyCall, servers: Servers, now: () => number) => Generator<Step, T, Outcome | undefined>;

const NO_OPTIONS: RequestOptions = {};

/** {@link Remote} over sockets: performs the steps of the policy by awaiting. Owns the connections, the timer and whoever sleeps. */
export class NameServerRemote implements Remote, ConnectionContext {
  readonly deadlines: Deadlines = new Deadlines(runtimeTimers);
  readonly #options: ReturnType<typeof completeOptions>;
  readonly #connectionOptions: ConnectionOptions;
  readonly #finish: RequestFinisher | undefined;
  readonly #servers: Servers;
  readonly #events = new EventHub<RemoteEvent>();
  readonly #sleepers = new Sleepers(this.deadlines);
  readonly #signals = new SharedSignals();
  /** The connection that new calls of a server use. */
  readonly #connections = new Map<string, Connection>();
  /** Every connection that has not ended, with its end. */
  readonly #running = new Map<Connection, Promise<void>>();
  #closing: Promise<void> | undefined;

  /** @throws {TypeError} If an address cannot be parsed. @throws {RangeError} If a number is out of its range. */
  constructor(addresses: Addresses, options: RemoteOptions = {}) {
    const { adapter = runtimeAdapter, tls } = options;
    this.#options = completeOptions(options);
    this.#connectionOptions = { ...this.#options, adapter, tls: tls === true ? {} : tls };
    this.#finish = requestFinisher(options);
    this.#servers = new Servers(parseAddresses(addresses), this.#options.backoff);
  }

  get addresses(): readonly string[] {
    return this.#servers.addresses;
  }

  /** Dials servers until one accepts. @throws {NameServerUnavailableError} With one error a server. */
  open(options: CallOptions = {}): Promise<void> {
    return this.#perform(dialPolicy, { operation: "connect" }, options);
  }

  request(command: RemotingCommand, options: RequestOptions = NO_OPTIONS): Promise<RemotingCommand> {
    return this.#finish === undefined
      ? this.#perform(callPolicy, { command, operation: operationOf(command.code) }, options)
      : this.#requestFinished(command, options, this.#finish);
  }

  async oneway(command: RemotingCommand, options: CallOptions = NO_OPTIONS): Promise<void> {
    await this.request({ ...command, flag: command.flag | FLAG_ONEWAY }, options);
  }

  setAddresses(addresses: Addresses): void {
    const listed = parseAddresses(addresses);
    for (const address of this.addresses) if (!listed.includes(address)) this.#connections.get(address)?.retire();
    this.#servers.replace(listed);
    this.publish({ type: "servers", addresses: listed });
  }

  events(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent> {
    return this.#events.read(options);
  }

  close(): Promise<void> {
    return this.#closing ??= this.#close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  publish(event: RemoteEvent): void {
    this.#events.publish(event);
  }

  onClosed(connection: Connection): void {
    if (this.#connections.get(connection.address) === connection) this.#connections.delete(connection.address);
  }

  readonly #now = (): number => this.deadlines.now();

  /**
   * @throws {NameServerClosedError} If the remote is closed. @throws {RangeError} If the timeout is out of its range. The signal's reason.
   */
  #policyCall(operation: string | undefined, options: RequestOptions): PolicyCall {
    options.signal?.throwIfAborted();
    if (this.#closing !== undefined) throw closedClient(operation);
    return policyCall(operation, options, this.#options, this.#now());
  }

  #serversOf(address: string | undefined): Servers {
    return address === undefined ? this.#servers : new Servers([parseAddress(address)], this.#options.backoff);
  }

  async #requestFinished(command: RemotingCommand, options: RequestOptions, finish: RequestFinisher): Promise<RemotingCommand> {
    return await this.#perform(callPolicy, { command: await finish(command), operation: operationOf(command.code) }, options);
  }

  async #perform<T>(policy: Policy<T>, sent: Sent, options: RequestOptions): Promise<T> {
    const steps = policy(this.#policyCall(sent.operation, options), this.#serversOf(options.address), this.#now);
    let step = steps.next();
    while (!step.done) {
      const outcome = await this.#performStep(step.value, sent, options.signal);
      if (outcome?.type === "aborted") throw outcome.reason;
      const next = steps.next(outcome);
      if (!next.done) this.#noteFailover(step.value, outcome, next.value, sent);
      step = next;
    }
    return step.value;
  }

  #performStep(step: Step, sent: Sent, signal: AbortSignal | undefined): Promise<Outcome | Aborted | undefined> {
    const { command, operation } = sent;
    if (signal?.aborted) return Promise.resolve({ type: "aborted", reason: signal.reason });
    if (this.#closing !== undefined) return Promise.resolve({ type: "failure", error: closedClient(operation), sent: false });
    const shared = signal && this.#signals.of(signal);
    if (step.type === "sleep") return this.#sleepers.sleep(step.ms, shared);
    return this.#connectionTo(step.address).exchange({ command, operation, timeoutMs: step.timeoutMs, signal: shared });
  }

  #connectionTo(address: string): Connection {
    const open = this.#connections.get(address);
    if (open !== undefined) return open;
    const connection = new Connection(address, this.#connectionOptions, this);
    this.publish({ type: "connecting", address, attempt: this.#servers.failuresOf(address) + 1 });
    this.#connections.set(address, connection);
    this.#running.set(connection, connection.run().finally(() => this.#running.delete(connection)));
    return connection;
  }

  #noteFailover(step: Step, outcome: Outcome | undefined, next: Step, { operation }: Sent): void {
    if (step.type === "sleep" || next.type === "sleep" || step.address === next.address) return;
    const error = outcome?.type === "failure"
      ? outcome.error
      : outcome?.type === "answer"
      ? responseError(outcome.response, operation)
      : undefined;
    if (error !== undefined) this.publish({ type: "failover", from: step.address, to: next.address, error });
  }

  async #close(): Promise<void> {
    await undefined; // so that `#closing` is set before a call that fails could look
    for (const connection of this.#running.keys()) {
      connection.close(new NameServerClosedError("Cannot wait for the answer: the client was closed"));
    }
    this.#sleepers.wakeAll();
    await Promise.all(this.#running.values());
    this.deadlines.close();
    this.#events.close();
  }
}
