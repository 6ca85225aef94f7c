import { NameServerError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";
import { type Addresses, parseAddress } from "../remote/address.ts";
import type { CallInit } from "../remote/call.ts";
import { checkTls } from "../remote/check_tls.ts";
import { closedClient } from "../remote/closed_client.ts";
import { requestFinisher } from "../remote/finish_request.ts";
import { completeOptions } from "../remote/options.ts";
import { callPolicy, dialPolicy, type PolicyCall, type Step } from "../remote/policy.ts";
import { policyCall } from "../remote/policy_call.ts";
import type { Outcome } from "../remote/outcome.ts";
import { Servers } from "../remote/servers.ts";
import { operationOf } from "../request/operation.ts";
import { listedAddresses } from "./listed_addresses.ts";
import { ringBytesOf, type SyncCallOptions, type SyncRemoteOptions } from "./options.ts";
import { PumpSession } from "./pump_session.ts";
import { checkSyncAvailable, type StartWorker, startWorker } from "./start_worker.ts";
import type { SyncConnectionOptions } from "./sync_connection_context.ts";
import type { SyncRemote, SyncRequestOptions } from "./sync_remote.ts";
import { SyncTask } from "./sync_task.ts";

/** What a call sends. */
type Sent = Pick<CallInit, "command" | "operation">;
type Policy<T> = (call: PolicyCall, servers: Servers, now: () => number) => Generator<Step, T, Outcome | undefined>;

const NO_OPTIONS: SyncRequestOptions = {};
const now = (): number => performance.now();

/** {@link SyncRemote} over a worker: performs the steps of the policy by blocking. Starts the worker with the first call. */
export class BlockingRemote implements SyncRemote {
  readonly #options: ReturnType<typeof completeOptions>;
  readonly #connectionOptions: SyncConnectionOptions;
  readonly #ringBytes: number;
  readonly #finish: (command: RemotingCommand) => RemotingCommand;
  readonly #servers: Servers;
  readonly #startWorker: StartWorker;
  #session: PumpSession | undefined;
  #isClosed = false;

  /**
   * @throws {NameServerError} `NAMESRV_SYNC_UNAVAILABLE` where this thread may not block, or has no workers.
   * @throws {TypeError} If an address cannot be parsed. @throws {RangeError} If a number is out of its range.
   */
  constructor(addresses: Addresses, options: SyncRemoteOptions = {}, start: StartWorker = startWorker) {
    checkSyncAvailable();
    this.#options = completeOptions(options);
    this.#ringBytes = ringBytesOf(options);
    this.#connectionOptions = { ...this.#options, tls: checkTls(options.tls) };
    // It promises nothing, since there is no `signRequest`.
    this.#finish = requestFinisher(options) as ((command: RemotingCommand) => RemotingCommand) | undefined ?? ((command) => command);
    this.#servers = new Servers(listedAddresses(addresses), this.#options.backoff);
    this.#startWorker = start;
  }

  get addresses(): readonly string[] {
    return this.#servers.addresses;
  }

  /** Dials servers until one accepts. @throws {NameServerUnavailableError} With one error a server. */
  open(options: SyncCallOptions = NO_OPTIONS): void {
    this.#perform(dialPolicy, { operation: "connect" }, options);
  }

  request(command: RemotingCommand, options: SyncRequestOptions = NO_OPTIONS): RemotingCommand {
    return this.#perform(callPolicy, this.#sentFor(command), options);
  }

  requestEach(
    addresses: readonly string[],
    command: RemotingCommand,
    options: SyncRequestOptions = NO_OPTIONS,
  ): readonly PromiseSettledResult<RemotingCommand>[] {
    const sent = this.#sentFor(command);
    const call = this.#policyCall(sent, options);
    const normal = addresses.map(parseAddress), servers = [...new Set(normal)]; // one that is named twice is asked once
    const results = this.#run((session) => servers.map((address) => this.#task(session, callPolicy, call, sent, address)));
    return normal.map((address) => results[servers.indexOf(address)]!);
  }

  /** What is sent to a server: the request with what every request of this remote carries. */
  finish(command: RemotingCommand): RemotingCommand {
    return this.#finish(command);
  }

  /** Milliseconds to keep away from a server after its n-th failure in a row. */
  get backoff(): (attempt: number) => number {
    return this.#options.backoff;
  }

  /** How connections are opened and used. */
  get connectionOptions(): SyncConnectionOptions {
    return this.#connectionOptions;
  }

  /**
   * Does something with the worker, which is started where there is none. One that died is left; the next call starts another.
   *
   * @throws {NameServerClosedError} If the remote is closed. @throws {NameServerError} `NAMESRV_WORKER_DIED`.
   */
  inSession<T>(act: (session: PumpSession) => T): T {
    if (this.#isClosed) throw closedClient(undefined);
    if (this.#session?.isDead) this.#leave();
    const session = this.#session ??= new PumpSession(this.#ringBytes, this.#connectionOptions, this.#startWorker);
    try {
      session.catchUp();
      return act(session);
    } catch (error) {
      if (session.isDead || isWorkerDeath(error)) this.#leave();
      throw error;
    }
  }

  #leave(): void {
    this.#session?.abandon();
    this.#session = undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.#session?.close();
    this.#session = undefined;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #sentFor(command: RemotingCommand): Sent {
    return { command: this.#finish(command), operation: operationOf(command.code) };
  }

  #policyCall({ operation }: Sent, options: SyncRequestOptions): PolicyCall {
    if (this.#isClosed) throw closedClient(operation);
    return policyCall(operation, options, this.#options, now());
  }

  #perform<T>(policy: Policy<T>, sent: Sent, options: SyncRequestOptions): T {
    const call = this.#policyCall(sent, options);
    const [result] = this.#run((session) => [this.#task(session, policy, call, sent, options.address)]);
    if (result!.status === "rejected") throw result!.reason;
    return result!.value;
  }

  #task<T>(session: PumpSession, policy: Policy<T>, call: PolicyCall, sent: Sent, address: string | undefined): SyncTask<T> {
    const servers = address === undefined ? this.#servers : new Servers([parseAddress(address)], this.#options.backoff);
    return new SyncTask(policy(call, servers, now), sent, session.connectionTo);
  }

  /** Blocks until all tasks are done. */
  #run<T>(begin: (session: PumpSession) => readonly SyncTask<T>[]): readonly PromiseSettledResult<T>[] {
    return this.inSession((session) => session.run(begin(session)));
  }
}

function isWorkerDeath(error: unknown): boolean {
  return error instanceof NameServerError && error.code === "NAMESRV_WORKER_DIED";
}
