import { NameServerClosedError, type NameServerError } from "../../errors.ts";
import type { BrokerData } from "../../model/broker_data.ts";
import { parseAddress } from "../../remote/address.ts";
import { Health } from "../../remote/health.ts";
import { fullJitter } from "../../remote/options.ts";
import type { RemoteEvent } from "../../remote/events.ts";
import type { Goodbye, Remote } from "../../remote/remote.ts";
import { runtimeTimers, type Timers } from "../../remote/timers.ts";
import type { RemotingCommand } from "../../protocol/command.ts";
import type { CallOptions } from "../../request/call_options.ts";
import { expectSuccess } from "../../request/response_error.ts";
import { operationOf } from "../../request/operation.ts";
import { unregisterClientCommand } from "../../request/unregister_client.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { BrokerContact } from "./broker_contact.ts";
import { BrokerDirectory } from "./broker_directory.ts";
import type { BrokerSource } from "./broker_questions.ts";
import { ClientHeartbeats, type HeartbeatsContext } from "./client_heartbeats.ts";
import type { ClientRegistration } from "./client_registration.ts";
import { FirstRound } from "./first_round.ts";
import { HeldRegistration } from "./held_registration.ts";
import { registrationTimedOut, requireAccepted } from "./registration_errors.ts";
import { Rounds } from "./rounds.ts";
import { talkFailure } from "./talk_failure.ts";

/** What a registrar works with. */
export interface RegistrarContext {
  readonly remote: Remote;
  readonly source: BrokerSource<Promise<readonly BrokerData[]>>;
  /** The client's own deadline; the remote's if it is left out. */
  readonly timeoutMs: number | undefined;
  /** Takes an event. */
  publish(event: RemoteEvent): void;
  /** @default {those of the runtime} */
  readonly timers?: Timers;
  /** From 0 to 1. @default {Math.random} */
  readonly random?: () => number;
}

/** Timeouts in a row after which a connection is taken for half open: the other end is gone, and nobody said so. */
const TIMEOUTS_OF_A_DEAD_CONNECTION = 2;

/** All registrations of a client: whom they are for, what goes on behind them, and how they end. */
export class Registrar implements HeartbeatsContext<BrokerContact> {
  readonly #context: RegistrarContext;
  readonly #timers: Timers;
  readonly #directory: BrokerDirectory;
  readonly #health: Health;
  readonly #clients = new Map<string, ClientHeartbeats<BrokerContact>>();
  readonly #rounds: Rounds;
  #closed = false;

  constructor(context: RegistrarContext) {
    const { remote, source, timers = runtimeTimers, random = Math.random } = context;
    this.#context = context;
    this.#timers = timers;
    this.#directory = new BrokerDirectory(source);
    this.#health = new Health(remote.backoff ?? fullJitter);
    this.#rounds = new Rounds({
      clients: this.#clients,
      directory: this.#directory,
      health: this.#health,
      timers,
      random,
      release: (address) => remote.release?.(address),
      report: (error) => this.#report(error),
    });
  }

  /**
   * Makes a group known, and keeps it known.
   *
   * @throws {NameServerUnavailableError} If no broker accepts the first heartbeat; then nothing goes on.
   * @throws {NameServerError} If no NameServer says which brokers there are. The signal's reason.
   */
  async register(group: RegisteredGroup, options: CallOptions): Promise<ClientRegistration> {
    options.signal?.throwIfAborted();
    this.#requireOpen();
    const round = new FirstRound(options, { timers: this.#timers, timeoutMs: this.#context.timeoutMs });
    if (!await round.wait(this.#directory.ask(group, round.timeoutMs))) throw registrationTimedOut(group, round.timeoutMs);
    this.#requireOpen();
    const client = this.#join(group);
    try {
      await Promise.resolve(); // groups that register at the same time share the heartbeat
      if (client.stale) client.plan();
      await round.wait(this.#rounds.update(client, round.leftMs()));
      this.#requireOpen();
      const missing = this.#directory.known.missingTopics(group);
      requireAccepted(group, { contacts: client.contactsOf(group), missing, timeoutMs: round.timeoutMs });
      this.#rounds.enroll(group.intervalMs);
    } catch (error) {
      void this.#leave(group, client);
      throw error;
    }
    return new HeldRegistration(group, client, (timeoutMs) => this.#leave(group, client, timeoutMs));
  }

  /** Ends all that goes on; gives what brokers are still to be told. */
  close(): readonly Goodbye[] {
    this.#closed = true;
    this.#rounds.stop();
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    return clients.flatMap(({ contacts }) => [...contacts].flatMap(goodbyesTo));
  }

  brokersOf(group: RegisteredGroup): readonly BrokerData[] {
    return this.#directory.known.brokersOf(group);
  }

  contactWith(address: string): BrokerContact {
    return new BrokerContact(address, (command, timeoutMs) => this.#tell(address, command, timeoutMs));
  }

  async #tell(address: string, command: RemotingCommand, timeoutMs: number | undefined): Promise<NameServerError | undefined> {
    const operation = operationOf(command.code)!;
    const limit = timeoutMs ?? this.#context.timeoutMs;
    try {
      const response = await this.#context.remote.request(command, { address, ...(limit !== undefined && { timeoutMs: limit }) });
      expectSuccess(response, operation);
      this.#health.succeeded(address);
      return undefined;
    } catch (error) {
      const failure = talkFailure(error, address, operation);
      if (failure.retryable) this.#noteFailure(address, failure);
      return failure;
    }
  }

  #noteFailure(address: string, { code }: NameServerError): void {
    const failures = this.#health.failed(address, this.#timers.now());
    if (code === "NAMESRV_TIMEOUT" && failures >= TIMEOUTS_OF_A_DEAD_CONNECTION) this.#context.remote.release?.(address);
  }

  #join(group: RegisteredGroup): ClientHeartbeats<BrokerContact> {
    let client = this.#clients.get(group.clientId);
    if (client === undefined) this.#clients.set(group.clientId, client = new ClientHeartbeats(group.clientId, this));
    client.groups.add(group);
    client.stale = true;
    return client;
  }

  /** Takes a group out, and tells the brokers; gives those that were told. Never rejects. */
  async #leave(group: RegisteredGroup, client: ClientHeartbeats<BrokerContact>, timeoutMs?: number): Promise<readonly BrokerContact[]> {
    if (this.#closed || !client.groups.has(group)) return [];
    const told = client.leave(group, (error) => this.#report(error));
    this.#rounds.plan();
    // One that did not answer last is not bothered, least of all with another heartbeat.
    await Promise.all(told.filter(({ error, busy }) => error === undefined || busy).map((contact) => contact.update(timeoutMs)));
    client.forgetUnwanted();
    if (client.groups.size === 0) this.#clients.delete(client.clientId);
    this.#rounds.plan();
    return told;
  }

  #requireOpen(): void {
    if (this.#closed) throw new NameServerClosedError("Cannot register: the client is closed");
  }

  #report(error: unknown): void {
    const message = `Cannot rewrite addresses of brokers: ${error instanceof Error ? error.message : String(error)}`;
    this.#context.publish({ type: "warning", about: "suspect-route", message, error });
  }
}

function goodbyesTo({ address, lastGoodbyes }: BrokerContact): readonly Goodbye[] {
  return lastGoodbyes.map((departure) => ({ address: parseAddress(address), command: unregisterClientCommand(departure) }));
}
