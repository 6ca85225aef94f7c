import { Alarm } from "../../remote/alarm.ts";
import type { Health } from "../../remote/health.ts";
import type { Timers } from "../../remote/timers.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import type { BrokerContact } from "./broker_contact.ts";
import type { BrokerDirectory } from "./broker_directory.ts";
import type { ClientHeartbeats } from "./client_heartbeats.ts";
import { DepartedBrokers } from "./departed_brokers.ts";

/** Heartbeats that are due within this part of an interval go together: so often at most the timer fires. */
const SLICES = 32;
/** A broker that failed is not told again before, be its backoff shorter, or over since it answers others. */
export const SOONEST_RETRY_MS = 100;

/** What rounds work with. */
export interface RoundsContext {
  readonly clients: ReadonlyMap<string, ClientHeartbeats<BrokerContact>>;
  readonly directory: BrokerDirectory;
  readonly health: Health;
  readonly timers: Timers;
  /** From 0 to 1, to spread heartbeats over the interval. */
  random(): number;
  /** Lets the connection to a broker go. */
  release(address: string): void;
  /** Takes what a caller's `mapAddress` threw. */
  report(error: unknown): void;
}

/**
 * What goes on behind registrations: NameServers are asked which brokers there are once an interval, the shortest of all; each broker hears
 * of each client once in the client's interval. One timer, which never holds the process.
 */
export class Rounds {
  readonly #context: RoundsContext;
  readonly #departed = new DepartedBrokers();
  readonly #alarm: Alarm;
  #askAt = Infinity;
  #asking = false;
  #plannedVersion = 0;
  #stopped = false;

  constructor(context: RoundsContext) {
    this.#context = context;
    this.#alarm = new Alarm(context.timers, () => this.#go());
  }

  /** A client was registered: NameServers are asked within its interval. */
  enroll(intervalMs: number): void {
    if (this.#stopped) return;
    this.#askAt = Math.min(this.#askAt, this.#context.timers.now() + intervalMs);
    this.#wakeBy(this.#askAt);
  }

  /** Something ended: the timer is set for what comes next. */
  plan(): void {
    const { clients } = this.#context;
    if (this.#stopped) return;
    if (clients.size === 0) return this.#rest();
    this.#alarm.setTo(Math.min(this.#asking ? Infinity : this.#askAt, ...[...clients.values()].map(nextDueAt)));
  }

  /** A broker answered a heartbeat, or did not: when it hears the next. The first comes early, so that clients spread over the interval. */
  #schedule(client: ClientHeartbeats<BrokerContact>, contact: BrokerContact): void {
    const { health, timers, random } = this.#context;
    const now = timers.now();
    const { intervalMs } = client;
    const usual = now + intervalMs * (contact.beats === 1 && contact.error === undefined ? 1 - random() / 2 : 1);
    const retry = Math.max(now + SOONEST_RETRY_MS, health.readyAt(contact.address));
    contact.dueAt = contact.error?.retryable ? Math.min(usual, retry) : usual;
  }

  /** Tells a client's brokers what they do not know yet. Resolves when each has answered or failed. */
  async update(client: ClientHeartbeats<BrokerContact>, timeoutMs?: number): Promise<void> {
    await Promise.all([...client.contacts].map((contact) => this.#settle(client, contact, contact.update(timeoutMs))));
  }

  /** Ends it. */
  stop(): void {
    this.#stopped = true;
    this.#rest();
  }

  #rest(): void {
    this.#alarm.setTo(Infinity);
    this.#askAt = Infinity;
  }

  #shortest(): number {
    return Math.min(...[...this.#context.clients.values()].map(({ intervalMs }) => intervalMs));
  }

  #wakeBy(time: number): void {
    if (time < this.#alarm.ringsAt) this.#alarm.setTo(time);
  }

  #go(): void {
    const { clients, timers } = this.#context;
    const now = timers.now();
    if (now >= this.#askAt && !this.#asking) void this.#ask();
    for (const client of clients.values()) this.#beatWhatIsDue(client, now);
    this.plan();
  }

  #beatWhatIsDue(client: ClientHeartbeats<BrokerContact>, now: number): void {
    const slack = client.intervalMs / SLICES;
    for (const contact of client.contacts) {
      if (contact.busy || contact.dueAt > now + (contact.error === undefined ? slack : 0)) continue;
      contact.dueAt = Infinity;
      void this.#settle(client, contact, contact.beat());
    }
  }

  async #ask(): Promise<void> {
    const { directory, timers, clients } = this.#context;
    this.#asking = true;
    this.#askAt = timers.now() + this.#shortest();
    await directory.refresh(groupsOf(clients.values()));
    this.#asking = false;
    if (this.#stopped) return;
    if (directory.known.version !== this.#plannedVersion) this.#follow();
    this.#letGo();
    this.plan();
  }

  /** Brokers came, left or moved: newcomers hear at once. */
  #follow(): void {
    this.#plannedVersion = this.#context.directory.known.version;
    for (const client of this.#context.clients.values()) {
      try {
        client.plan();
      } catch (error) {
        this.#context.report(error); // the client goes on as it was planned before
      }
      client.forgetUnwanted();
      void this.update(client);
    }
  }

  #letGo(): void {
    const present = new Set<string>();
    for (const client of this.#context.clients.values()) for (const { address } of client.contacts) present.add(address);
    for (const address of this.#departed.round(present)) this.#context.release(address);
    this.#context.health.keepOnly(present);
  }

  async #settle(client: ClientHeartbeats<BrokerContact>, contact: BrokerContact, talk: Promise<void>): Promise<void> {
    const { beats } = contact;
    await talk;
    if (this.#stopped || client.groups.size === 0) return;
    if (contact.beats !== beats || contact.error !== undefined) this.#schedule(client, contact);
    this.#wakeBy(contact.dueAt);
  }
}

function nextDueAt(client: ClientHeartbeats<BrokerContact>): number {
  let next = Infinity;
  for (const { busy, dueAt } of client.contacts) if (!busy && dueAt < next) next = dueAt;
  return next;
}

function* groupsOf(clients: Iterable<ClientHeartbeats<BrokerContact>>): Iterable<RegisteredGroup> {
  for (const client of clients) yield* client.groups;
}
