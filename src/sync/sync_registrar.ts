import {
  askBrokers,
  type BrokerQuestion,
  type BrokerSource,
  questionsOf,
  questionsOfAll,
} from "../client/registration/broker_questions.ts";
import { ClientHeartbeats, type HeartbeatsContext } from "../client/registration/client_heartbeats.ts";
import { DepartedBrokers } from "../client/registration/departed_brokers.ts";
import { KnownBrokers } from "../client/registration/known_brokers.ts";
import { requireAccepted } from "../client/registration/registration_errors.ts";
import type { BrokerData } from "../model/broker_data.ts";
import { checkTimeout } from "../remote/options.ts";
import type { RegisteredGroup } from "../route/registration/registered_group.ts";
import type { BlockingRemote } from "./blocking_remote.ts";
import type { PumpSession } from "./pump_session.ts";
import { SyncContact } from "./sync_contact.ts";

/** How long goodbyes to brokers may take in all when a client is closed. */
const GOODBYE_MS = 1000;

/**
 * All registrations of a client that blocks, by the rules of the async one. The pump repeats heartbeats while the caller computes or
 * blocks; which brokers there are is asked again by the calls that the caller makes, once an interval.
 */
export class SyncRegistrar implements HeartbeatsContext<SyncContact> {
  readonly #remote: BlockingRemote;
  readonly #source: BrokerSource<readonly BrokerData[]>;
  readonly #known = new KnownBrokers();
  readonly #clients = new Map<string, ClientHeartbeats<SyncContact>>();
  /** Contacts with brokers that nobody tells anything any more, by {@link keyOf}, and since how many rounds. */
  readonly #resting = new Map<string, SyncContact>();
  readonly #departed = new DepartedBrokers();
  #session: PumpSession | undefined;
  #plannedVersion = 0;
  #askAt = Infinity;
  #isBusy = false;

  constructor(remote: BlockingRemote, source: BrokerSource<readonly BrokerData[]>) {
    this.#remote = remote;
    this.#source = source;
  }

  /** Makes a group known, and keeps it known. @throws {NameServerUnavailableError} If no broker accepts; then nothing goes on. */
  register(group: RegisteredGroup, timeoutMs: number): void {
    const until = performance.now() + checkTimeout("timeoutMs", timeoutMs);
    this.#busily(() => questionsOf(group).forEach((question) => this.#ask(question, until)));
    const client = this.#join(group);
    try {
      client.plan();
      this.#inSession((session) => {
        for (const contact of client.contacts) contact.update(session, client.intervalMs);
        this.#awaitAnswers(session, [...client.contacts], until);
      });
      requireAccepted(group, { contacts: client.contactsOf(group), missing: this.#known.missingTopics(group), timeoutMs });
    } catch (error) {
      this.leave(group, Math.max(1, until - performance.now()));
      throw error;
    }
    this.#askAt = Math.min(this.#askAt, performance.now() + group.intervalMs);
  }

  /** Takes a group out and tells the brokers; gives those that were told. Never throws. */
  leave(group: RegisteredGroup, timeoutMs: number): readonly SyncContact[] {
    const client = this.#clients.get(group.clientId);
    if (!client?.groups.has(group)) return [];
    const told = client.leave(group, () => {}); // a client that blocks has no events
    this.#quietly((session) => {
      const listening = told.filter(({ error }) => error === undefined); // one that did not answer last is not waited for
      for (const contact of told) contact.update(session, client.intervalMs);
      this.#awaitAnswers(session, listening, performance.now() + timeoutMs);
    });
    const unwanted = client.forgetUnwanted();
    if (client.groups.size === 0) this.#clients.delete(client.clientId);
    this.#quietly(() => {
      for (const contact of unwanted) contact.close();
    });
    return told;
  }

  /** Brokers that are to know a group. */
  contactsOf(group: RegisteredGroup): readonly SyncContact[] {
    const client = this.#clients.get(group.clientId);
    if (!client?.groups.has(group)) return [];
    this.#listen();
    return client.contactsOf(group);
  }

  /** Asks which brokers there are, for `timeoutMs` at most, where an interval has passed since that was done last. Never throws. */
  tend(timeoutMs: number): void {
    if (this.#isBusy || this.#clients.size === 0) return;
    if (performance.now() < this.#askAt) return this.#listen();
    this.#busily(() => this.#refresh(timeoutMs));
  }

  /** Takes leave everywhere. Never throws. */
  close(): void {
    const contacts = [...this.#clients.values()].flatMap((client) => [...client.contacts]);
    this.#clients.clear();
    if (contacts.length === 0) return;
    this.#quietly((session) => {
      for (const contact of contacts) contact.takeLastLeave(session);
      session.waitFor(() => contacts.every(({ isSettled }) => isSettled), performance.now() + GOODBYE_MS);
    });
  }

  brokersOf(group: RegisteredGroup): readonly BrokerData[] {
    return this.#known.brokersOf(group);
  }

  contactWith(address: string, clientId: string): SyncContact {
    const key = keyOf(clientId, address);
    const resting = this.#resting.get(key);
    this.#resting.delete(key);
    return resting ?? new SyncContact(address, this.#remote);
  }

  #join(group: RegisteredGroup): ClientHeartbeats<SyncContact> {
    let client = this.#clients.get(group.clientId);
    if (client === undefined) this.#clients.set(group.clientId, client = new ClientHeartbeats(group.clientId, this));
    client.groups.add(group);
    return client;
  }

  /** Questions are calls, too: they do not tend. */
  #busily(act: () => void): void {
    this.#isBusy = true;
    try {
      act();
    } finally {
      this.#isBusy = false;
    }
  }

  /** @throws Why it was not answered. */
  #ask(question: BrokerQuestion, until: number): void {
    const ask = () => askBrokers(this.#source, question, Math.max(1, until - performance.now()));
    this.#known.note(question, settled(ask));
  }

  /** Blocks until all contacts have answered or failed: those that have not by then have failed. */
  #awaitAnswers(session: PumpSession, contacts: readonly SyncContact[], until: number): void {
    const startedAt = performance.now();
    const areSettled = (): boolean => contacts.every(({ isSettled }) => isSettled);
    session.waitFor(areSettled, Math.min(until, startedAt + this.#remote.connectionOptions.connectTimeoutMs));
    if (performance.now() < until) { for (const contact of contacts) contact.giveUpDial(); }
    session.waitFor(areSettled, until);
    for (const contact of contacts) contact.giveUp(until - startedAt);
  }

  /** Hears what became of heartbeats; behind a worker that died, has another one go on. */
  #listen(): void {
    this.#quietly(() => {});
  }

  #refresh(timeoutMs: number): void {
    const clients = [...this.#clients.values()];
    const now = performance.now();
    this.#askAt = now + Math.min(...clients.map(({ intervalMs }) => intervalMs));
    const questions = questionsOfAll(clients.flatMap(({ groups }) => [...groups]));
    this.#known.keepOnly(questions);
    for (const question of questions) attempt(() => this.#ask(question, now + timeoutMs)); // a question that fails leaves its former answer
    this.#quietly((session) => {
      if (this.#known.version !== this.#plannedVersion) this.#follow(clients, session);
      this.#update(session, ({ isSpoilt }) => isSpoilt);
      this.#letGo(clients);
    });
  }

  /** Brokers came, left or moved: newcomers hear at once, those that left no more. */
  #follow(clients: readonly ClientHeartbeats<SyncContact>[], session: PumpSession): void {
    this.#plannedVersion = this.#known.version;
    for (const client of clients) {
      attempt(() => client.plan()); // what `mapAddress` throws leaves the client as it was planned before
      for (const contact of client.forgetUnwanted()) {
        contact.letBe();
        this.#resting.set(keyOf(client.clientId, contact.address), contact);
      }
      for (const contact of client.contacts) contact.update(session, client.intervalMs);
    }
  }

  /** Closes links that have no use any more. */
  #letGo(clients: readonly ClientHeartbeats<SyncContact>[]): void {
    const present = clients.flatMap(({ clientId, contacts }) => [...contacts].map(({ address }) => keyOf(clientId, address)));
    for (const key of this.#departed.round(new Set(present))) {
      this.#resting.get(key)?.close();
      this.#resting.delete(key);
    }
  }

  #inSession(act: (session: PumpSession) => void): void {
    this.#remote.inSession((session) => {
      this.#update(session, (contact) => contact.isLost(session) && contact.wanted !== undefined);
      act(session);
    });
  }

  #update(session: PumpSession, isDue: (contact: SyncContact) => boolean): void {
    for (const client of this.#clients.values()) {
      for (const contact of client.contacts) if (isDue(contact)) contact.update(session, client.intervalMs);
    }
  }

  /** Where there is no worker nobody is told anything: brokers forget the client, and the call that follows says why. */
  #quietly(act: (session: PumpSession) => void): void {
    attempt(() => this.#inSession(act));
  }
}

function keyOf(clientId: string, address: string): string {
  return `${clientId} ${address}`;
}

function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // as the caller says
  }
}

function settled<T>(act: () => T): PromiseSettledResult<T> {
  try {
    return { status: "fulfilled", value: act() };
  } catch (reason) {
    return { status: "rejected", reason };
  }
}
