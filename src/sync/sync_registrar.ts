import { type NameServerError, NameServerUnavailableError, TopicNotFoundError } from "../errors.ts";
import type { BrokerData } from "../model/broker_data.ts";
import { checkTimeout } from "../remote/options.ts";
import { planHeartbeats } from "../route/registration/plan_heartbeats.ts";
import { isSameGroup, type RegisteredGroup } from "../route/registration/registered_group.ts";
import type { BlockingRemote } from "./blocking_remote.ts";
import type { SyncCallOptions } from "./options.ts";
import type { PumpSession } from "./pump_session.ts";
import { SyncContact } from "./sync_contact.ts";

/** What a registrar asks: two methods of the client. */
export interface SyncBrokerSource {
  /** Brokers of every cluster. */
  ofCluster(options: SyncCallOptions): readonly BrokerData[];
  /** Brokers that serve a topic. @throws {TopicNotFoundError} */
  ofTopic(topic: string, options: SyncCallOptions): readonly BrokerData[];
}

/** How long goodbyes to brokers may take in all when a client is closed. */
const GOODBYE_MS = 1000;

interface Client {
  readonly groups: Set<RegisteredGroup>;
  readonly contacts: Map<string, SyncContact>;
}

/** What is known of a group's brokers. */
interface GroupPlan {
  readonly brokers: readonly BrokerData[];
  readonly missing: readonly TopicNotFoundError[];
}

/**
 * All registrations of a client that blocks. The pump repeats heartbeats while the caller computes or blocks; which brokers there are is
 * asked again by the calls that the caller makes, once an interval.
 */
export class SyncRegistrar {
  readonly #remote: BlockingRemote;
  readonly #source: SyncBrokerSource;
  readonly #clients = new Map<string, Client>();
  readonly #plans = new Map<RegisteredGroup, GroupPlan>();
  #session: PumpSession | undefined;
  #askAt = Infinity;
  #isBusy = false;

  constructor(remote: BlockingRemote, source: SyncBrokerSource) {
    this.#remote = remote;
    this.#source = source;
  }

  /** Makes a group known, and keeps it known. @throws {NameServerUnavailableError} If no broker accepts; then nothing goes on. */
  register(group: RegisteredGroup, timeoutMs: number): void {
    const until = performance.now() + checkTimeout("timeoutMs", timeoutMs);
    this.#plans.set(group, this.#ask(group, until));
    const client = this.#clients.get(group.clientId) ?? { groups: new Set(), contacts: new Map() };
    this.#clients.set(group.clientId, client);
    client.groups.add(group);
    try {
      this.#inSession((session) => {
        this.#follow(session, group.clientId, client);
        session.waitFor(() => areSettled(client), until);
      });
      this.#requireAccepted(group, client);
    } catch (error) {
      this.leave(group, Math.max(1, until - performance.now()));
      throw error;
    }
    this.#askAt = Math.min(this.#askAt, performance.now() + group.intervalMs);
  }

  /** Takes a group out and tells the brokers; gives those that were told. Never throws. */
  leave(group: RegisteredGroup, timeoutMs: number): readonly SyncContact[] {
    const client = this.#clients.get(group.clientId);
    if (!client?.groups.delete(group)) return [];
    this.#plans.delete(group);
    const isHeldTwice = [...client.groups].some((each) => isSameGroup(each, group));
    const told = isHeldTwice ? [] : [...client.contacts.values()];
    try {
      this.#inSession((session) => {
        this.#follow(session, group.clientId, client);
        session.waitFor(() => told.every(({ isSettled }) => isSettled), performance.now() + timeoutMs);
        this.#letGo(session, group.clientId, client);
      });
    } catch {
      // no worker tells anybody anything: brokers forget the client
    }
    return told;
  }

  /** Brokers that are to know a group. */
  contactsOf(group: RegisteredGroup): readonly SyncContact[] {
    const client = this.#clients.get(group.clientId);
    if (!client?.groups.has(group)) return [];
    this.#listen();
    return [...client.contacts.values()].filter(({ told }) => told !== undefined);
  }

  /** Asks which brokers there are, where an interval has passed since that was done last. Never throws. */
  tend(): void {
    if (this.#isBusy || this.#clients.size === 0) return;
    if (performance.now() < this.#askAt) return this.#listen();
    this.#isBusy = true;
    try {
      this.#refresh();
    } finally {
      this.#isBusy = false;
    }
  }

  /** Takes leave everywhere. Never throws. */
  close(): void {
    const contacts = [...this.#clients.values()].flatMap((client) => [...client.contacts.values()]);
    this.#clients.clear();
    if (contacts.length === 0) return;
    try {
      this.#remote.inSession((session) => {
        for (const contact of contacts) contact.takeLeave(session, undefined);
        session.waitFor(() => contacts.every(({ isSettled }) => isSettled), performance.now() + GOODBYE_MS);
      });
    } catch {
      // as above
    }
  }

  /** Hears what became of heartbeats; behind a worker that died, has another one go on. */
  #listen(): void {
    try {
      this.#inSession(() => {});
    } catch {
      // the call that follows says so
    }
  }

  #refresh(): void {
    let shortest = Infinity;
    for (const client of this.#clients.values()) for (const { intervalMs } of client.groups) shortest = Math.min(shortest, intervalMs);
    this.#askAt = performance.now() + shortest;
    try {
      for (const group of this.#plans.keys()) this.#plans.set(group, this.#ask(group, performance.now() + shortest));
      this.#inSession((session) => {
        for (const [clientId, client] of this.#clients) {
          this.#follow(session, clientId, client);
          this.#letGo(session, clientId, client);
        }
      });
    } catch {
      // what was known stays known
    }
  }

  #inSession(act: (session: PumpSession) => void): void {
    this.#remote.inSession((session) => {
      const isNew = this.#session !== undefined && session !== this.#session;
      this.#session = session;
      if (isNew) { for (const [clientId, client] of this.#clients) this.#follow(session, clientId, client, true); }
      act(session);
    });
  }

  /** Has brokers told what they do not know yet. */
  #follow(session: PumpSession, clientId: string, client: Client, anew: boolean = false): void {
    const groups = [...client.groups].map((group) => ({ group, brokers: this.#plans.get(group)?.brokers ?? [] }));
    const plan = planHeartbeats(clientId, groups);
    const intervalMs = Math.min(...groups.map(({ group }) => group.intervalMs));
    for (const address of plan.keys()) {
      if (!client.contacts.has(address)) client.contacts.set(address, new SyncContact(address, this.#remote));
    }
    for (const contact of client.contacts.values()) {
      const wanted = plan.get(contact.address);
      const isTold = JSON.stringify(wanted) === JSON.stringify(contact.told);
      if (isTold && !anew) continue;
      contact.takeLeave(session, wanted);
      if (wanted !== undefined) contact.beat(session, wanted, intervalMs);
    }
  }

  /** Closes links to brokers that are to know nothing. */
  #letGo(session: PumpSession, clientId: string, client: Client): void {
    for (const contact of client.contacts.values()) {
      if (contact.told !== undefined) continue;
      contact.close(session);
      client.contacts.delete(contact.address);
    }
    if (client.groups.size === 0) this.#clients.delete(clientId);
  }

  #ask({ topics, nameServer }: RegisteredGroup, until: number): GroupPlan {
    const options = (): SyncCallOptions => ({
      timeoutMs: Math.max(1, until - performance.now()),
      ...(nameServer !== undefined && { address: nameServer }),
    });
    if (topics === undefined) return { brokers: this.#source.ofCluster(options()), missing: [] };
    const brokers: BrokerData[] = [], missing: TopicNotFoundError[] = [];
    for (const topic of topics) {
      try {
        brokers.push(...this.#source.ofTopic(topic, options()));
      } catch (error) {
        if (!(error instanceof TopicNotFoundError)) throw error;
        missing.push(error);
      }
    }
    return { brokers, missing };
  }

  #requireAccepted(group: RegisteredGroup, client: Client): void {
    const contacts = [...client.contacts.values()];
    if (contacts.some(({ known }) => known !== undefined)) return;
    const errors: readonly NameServerError[] = [...this.#plans.get(group)!.missing, ...contacts.flatMap(({ error }) => error ?? [])];
    const isProducer = group.consumer === undefined;
    const none = contacts.length > 0 ? "no broker has answered in time" : `no NameServer lists a ${isProducer ? "master" : "broker"}`;
    const why = errors.length > 0 ? errors.map(({ message }) => message).join("; ") : none;
    const what = `register ${isProducer ? "producer" : "consumer"} "${group.group}" as "${group.clientId}"`;
    throw new NameServerUnavailableError(`Cannot ${what}: ${why}`, {
      errors,
      operation: isProducer ? "registerProducer" : "registerConsumer",
    });
  }
}

function areSettled({ contacts }: Client): boolean {
  for (const { isSettled } of contacts.values()) if (!isSettled) return false;
  return true;
}
