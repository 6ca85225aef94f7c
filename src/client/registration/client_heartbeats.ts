import type { HeartbeatData } from "../../model/heartbeat_data.ts";
import { type GroupBrokers, planHeartbeats } from "../../route/registration/plan_heartbeats.ts";
import { isSameGroup, type RegisteredGroup } from "../../route/registration/registered_group.ts";
import { BrokerContact, type Tell } from "./broker_contact.ts";

/** What the heartbeats of a client need of their owner. */
export interface HeartbeatsContext {
  /** Sends to a broker. */
  tell(address: string, ...args: Parameters<Tell>): ReturnType<Tell>;
  /** What is known of a group's brokers. */
  brokersOf(group: RegisteredGroup): GroupBrokers["brokers"];
}

/** All groups of one clientId, and the brokers that are told of them: one heartbeat a broker. */
export class ClientHeartbeats {
  /** The client. */
  readonly clientId: string;
  /** Registered groups; a group that was registered twice is in it twice. */
  readonly groups: Set<RegisteredGroup> = new Set();
  /** Whether a group was registered since the last {@link plan}. */
  stale: boolean = false;
  readonly #context: HeartbeatsContext;
  readonly #contacts = new Map<string, BrokerContact>();

  constructor(clientId: string, context: HeartbeatsContext) {
    this.clientId = clientId;
    this.#context = context;
  }

  /** Milliseconds between two heartbeats: the shortest that a group asks for. */
  get intervalMs(): number {
    return Math.min(...[...this.groups].map(({ intervalMs }) => intervalMs));
  }

  /** Brokers that are told, or were told and have yet to hear a goodbye. */
  get contacts(): Iterable<BrokerContact> {
    return this.#contacts.values();
  }

  /** Brokers that are to know a group. */
  contactsOf(group: RegisteredGroup): readonly BrokerContact[] {
    return [...this.#contacts.values()].filter(({ wanted }) => names(wanted, group));
  }

  /** Brokers that may know a group that is not registered any more, by this client. */
  stillTold(group: RegisteredGroup): readonly BrokerContact[] {
    const isRegistered = [...this.groups].some((each) => isSameGroup(each, group));
    return isRegistered ? [] : [...this.#contacts.values()].filter(({ told }) => names(told, group));
  }

  /** Works out anew who is to know what. @throws What a group's `mapAddress` throws; then nothing has changed. */
  plan(): void {
    const groups = [...this.groups].map((group) => ({ group, brokers: this.#context.brokersOf(group) }));
    const plan = planHeartbeats(this.clientId, groups);
    this.stale = false;
    for (const address of plan.keys()) this.#contactAt(address);
    for (const contact of this.#contacts.values()) contact.wanted = plan.get(contact.address);
  }

  /** Forgets brokers that are to know nothing: they left, or have heard their goodbye. */
  forgetUnwanted(): void {
    for (const { address, wanted } of this.#contacts.values()) if (wanted === undefined) this.#contacts.delete(address);
  }

  #contactAt(address: string): void {
    if (this.#contacts.has(address)) return;
    this.#contacts.set(address, new BrokerContact(address, (...args) => this.#context.tell(address, ...args)));
  }
}

/** Whether a heartbeat names a group. */
export function names(heartbeat: HeartbeatData | undefined, group: RegisteredGroup): boolean {
  const set = group.consumer === undefined ? heartbeat?.producerDataSet : heartbeat?.consumerDataSet;
  return set?.some(({ groupName }) => groupName === group.group) ?? false;
}
