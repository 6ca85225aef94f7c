import { NameServerClosedError, NameServerTimeoutError } from "../errors.ts";
import { FLAG_ONEWAY, type RemotingCommand } from "../protocol/command.ts";
import type { CallOptions } from "../request/call_options.ts";
import { describeOperation } from "../request/describe_operation.ts";
import { operationOf } from "../request/operation.ts";
import { runtimeAdapter } from "../socket/runtime_adapter.ts";
import { type Addresses, parseAddress } from "./address.ts";
import { checkMethods } from "./check_kind.ts";
import { checkTls } from "./check_tls.ts";
import { closedClient } from "./closed_client.ts";
import { ConnectionPool, type PoolContext } from "./connection_pool.ts";
import { Deadlines } from "./deadlines.ts";
import { EventHub } from "./event_hub.ts";
import type { RemoteEvent } from "./events.ts";
import { type RequestFinisher, requestFinisher } from "./finish_request.ts";
import { isUnreachable } from "./is_unreachable.ts";
import { completeOptions, type RemoteOptions } from "./options.ts";
import type { Outcome } from "./outcome.ts";
import { callPolicy, dialPolicy, type PolicyCall, type Step } from "./policy.ts";
import { policyCall } from "./policy_call.ts";
import type { Goodbye, Remote, RequestOptions } from "./remote.ts";
import { type Performed, RemoteTask, type Sent, type StepPerformer } from "./remote_task.ts";
import { ServerList, type ServerListContext } from "./server_list.ts";
import { Servers } from "./servers.ts";
import { SharedSignals } from "./shared_signals.ts";
import { Sleepers } from "./sleepers.ts";
import { runtimeTimers, type Timers } from "./timers.ts";

type Policy<T> = (call: PolicyCall, servers: Servers, now: () => number) => Generator<Step, T, Outcome | undefined>;

const NO_OPTIONS: RequestOptions = {};
/** How long servers may take to answer goodbyes, which go out at the same time. */
const GOODBYES_MS = 1000;

/** {@link Remote} over sockets: performs the steps of the policy as outcomes come in. Owns the connections, the timer and whoever sleeps. */
export class NameServerRemote implements Remote, PoolContext, ServerListContext, StepPerformer {
  readonly timers: Timers;
  readonly deadlines: Deadlines;
  readonly #options: ReturnType<typeof completeOptions>;
  readonly #finish: RequestFinisher | undefined;
  readonly #list: ServerList;
  readonly #events = new EventHub<RemoteEvent>();
  readonly #sleepers: Sleepers;
  readonly #signals = new SharedSignals();
  readonly #connections: ConnectionPool;
  #closing: Promise<void> | undefined;

  /** @throws {TypeError} If an address cannot be parsed. @throws {RangeError} If a number is out of its range. */
  constructor(addresses: Addresses, options: RemoteOptions = {}, timers: Timers = runtimeTimers) {
    this.timers = timers;
    this.deadlines = new Deadlines(timers);
    this.#sleepers = new Sleepers(this.deadlines);
    this.#options = completeOptions(options);
    const { adapter = runtimeAdapter, tls } = options;
    checkMethods("adapter", adapter, ["connect"]);
    this.#connections = new ConnectionPool({ ...this.#options, adapter, tls: checkTls(tls) }, this);
    this.#finish = requestFinisher(options);
    this.#list = new ServerList(addresses, this.#options.backoff, this);
  }

  get addresses(): readonly string[] {
    return this.#list.servers.addresses;
  }

  get backoff(): (attempt: number) => number {
    return this.#options.backoff;
  }

  async resolveAddresses(options: CallOptions & { readonly operation?: string } = {}): Promise<readonly string[]> {
    const call = this.#policyCall(options.operation, options);
    if (this.#list.isUnasked) await this.#awaitList(call, options.signal);
    return this.addresses;
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
    this.#list.replace(addresses);
  }

  events(options?: { readonly signal?: AbortSignal }): AsyncIterableIterator<RemoteEvent> {
    return this.#events.read(options);
  }

  release(address: string): void {
    if (!this.addresses.includes(address)) this.#connections.retire(address);
  }

  close(goodbyes: readonly Goodbye[] = []): Promise<void> {
    return this.#closing ??= this.#close(goodbyes);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  publish(event: RemoteEvent): void {
    this.#events.publish(event);
  }

  failuresOf(address: string): number {
    return this.#list.servers.failuresOf(address);
  }

  onLeft(addresses: readonly string[]): void {
    for (const address of addresses) this.#connections.retire(address);
  }

  begin(step: Step, call: Performed): void {
    const { signal, sent: { command, operation } } = call;
    signal?.throwIfAborted();
    if (this.#closing !== undefined) throw closedClient(operation);
    const shared = signal && this.#signals.of(signal);
    if (step.type === "sleep") void this.#sleepers.sleep(step.ms, shared).then((aborted) => call.onOutcome(aborted));
    else this.#connections.to(step.address).exchange({ command, operation, timeoutMs: step.timeoutMs, signal: shared }, call);
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
    return address === undefined ? this.#list.servers : new Servers([parseAddress(address)], this.#options.backoff);
  }

  /** The time that `signRequest` takes is the call's. */
  async #requestFinished(command: RemotingCommand, options: RequestOptions, finish: RequestFinisher): Promise<RemotingCommand> {
    const operation = operationOf(command.code);
    const call = this.#policyCall(operation, options);
    const finished = await this.#finished(finish(command), call, options.signal);
    return await this.#perform(callPolicy, { command: finished, operation }, options, restOf(call, this.#now()));
  }

  /** @throws {NameServerTimeoutError} If it takes longer than the call may. @throws {NameServerClosedError} Also where the remote is closed meanwhile. */
  async #finished(
    finishing: ReturnType<RequestFinisher>,
    { operation, timeoutMs }: Pick<PolicyCall, "operation" | "timeoutMs">,
    signal?: AbortSignal,
  ): Promise<RemotingCommand> {
    if (!("then" in finishing)) return finishing;
    const outcome = await this.#sleepers.outcome(finishing, timeoutMs, signal && this.#signals.of(signal));
    if (outcome !== undefined && "value" in outcome) return outcome.value;
    if (outcome !== undefined) throw outcome.reason;
    if (this.#closing !== undefined) throw closedClient(operation);
    const message = `Cannot ${describeOperation(operation)} within ${timeoutMs} ms: signRequest has not given the request`;
    throw new NameServerTimeoutError(message, { timeoutMs, operation });
  }

  #perform<T>(policy: Policy<T>, sent: Sent, options: RequestOptions, call?: PolicyCall): Promise<T> {
    const isListed = options.address !== undefined || !this.#list.isDiscovered;
    if (isListed) return this.#performSteps(policy, sent, options, call);
    return this.#performAsDiscovered(policy, sent, options, call);
  }

  /** Waits for the first list; and where nobody on it could be dialled, goes on with the next one if that names others. */
  async #performAsDiscovered<T>(policy: Policy<T>, sent: Sent, options: RequestOptions, begun?: PolicyCall): Promise<T> {
    const { signal } = options;
    const call = begun ?? this.#policyCall(sent.operation, options);
    if (this.#list.isUnasked) await this.#awaitList(call, signal);
    try {
      return await this.#performSteps(policy, sent, options, restOf(call, this.#now()));
    } catch (error) {
      if (signal?.aborted || this.#closing !== undefined) throw error;
      if (!await this.#isRescued(error, call, signal)) throw error;
      return await this.#performSteps(policy, sent, options, restOf(call, this.#now()));
    }
  }

  async #awaitList(call: PolicyCall, signal: AbortSignal | undefined): Promise<void> {
    const aborted = await this.#list.ready(call, signal && this.#signals.of(signal));
    if (aborted !== undefined) throw aborted.reason;
    if (this.#closing !== undefined) throw closedClient(call.operation);
  }

  /** Whether a call that failed may go on, since there are other servers now. */
  async #isRescued(error: unknown, call: PolicyCall, signal: AbortSignal | undefined): Promise<boolean> {
    if (!isUnreachable(error)) {
      if (this.#list.servers.allFailing) this.#list.refresh();
      return false;
    }
    const rescued = await this.#list.rescue(restOf(call, this.#now()).timeoutMs, signal && this.#signals.of(signal));
    if (typeof rescued === "object") throw rescued.reason;
    if (this.#closing !== undefined) throw closedClient(call.operation);
    return rescued && restOf(call, this.#now()).timeoutMs > 0;
  }

  #performSteps<T>(policy: Policy<T>, sent: Sent, options: RequestOptions, call?: PolicyCall): Promise<T> {
    return new Promise((resolve, reject) => {
      const { address, signal } = options;
      const steps = policy(call ?? this.#policyCall(sent.operation, options), this.#serversOf(address), this.#now);
      new RemoteTask({ steps, sent, signal }, this, resolve, reject).proceed(undefined);
    });
  }

  async #close(goodbyes: readonly Goodbye[]): Promise<void> {
    await undefined; // so that `#closing` is set before a call that fails could look
    const closed = new NameServerClosedError("Cannot wait for the answer: the client was closed");
    this.#connections.failCalls(closed, goodbyes.map(({ address }) => address));
    this.#list.close(new NameServerClosedError("Cannot wait for the list of servers: the client was closed"));
    this.#sleepers.wakeAll();
    await Promise.all(goodbyes.map((goodbye) => this.#say(goodbye).catch(() => {})));
    await this.#connections.close(closed);
    this.deadlines.close();
    this.#events.close();
  }

  /** Over a connection that is open: a server without one has nothing to hear. Whether it listens is no concern of a client that ends. */
  async #say({ address, command }: Goodbye): Promise<void> {
    const connection = this.#connections.find(address);
    if (connection === undefined) return;
    const until = this.#now() + GOODBYES_MS;
    const finishing = this.#finish === undefined ? command : this.#finish(command);
    const finished = await this.#finished(finishing, { operation: undefined, timeoutMs: GOODBYES_MS });
    await new Promise((onOutcome, onMisuse) =>
      connection.exchange({ command: finished, timeoutMs: until - this.#now() }, { onOutcome, onMisuse })
    );
  }
}

/** The call with what is left of its time. */
function restOf(call: PolicyCall, now: number): PolicyCall {
  return { ...call, startedAt: now, timeoutMs: call.timeoutMs - (now - call.startedAt) };
}
