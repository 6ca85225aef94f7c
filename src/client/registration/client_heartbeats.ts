import type { HeartbeatData } from "../../model/heartbeat_data.ts";
import { type GroupBrokers, planHeartbeats } from "../../route/registration/plan_heartbeats.ts";
import { isSameGroup, type RegisteredGroup } from "../../route/registration/registered_group.ts";
import type { ContactState } from "./contact_state.ts";

/** What the heartbeats of a client need of their owner. */
export interface HeartbeatsContext<C> {
  /** A contact with a broker that the client has none with. */
  contactWith(address: string, clientId: string): C;
  /** What is known of a group's brokers. */
  brokersOf(group: RegisteredGroup): GroupBrokers["brokers"];
}

/** All groups of one clientId, and the brokers that are told of them: one heartbeat a broker. */
export class ClientHeartbeats<C extends ContactState> {
  /** The client. */
  readonly clientId: string;
  /** Registered groups; a group that was registered twice is in it twice. */
  readonly groups: Set<RegisteredGroup> = new Set();
  /** Whether a group was registered since the last {@link plan}. */
  stale: boolean = false;
  readonly #context: HeartbeatsContext<C>;
  readonly #contacts = new Map<string, C>();

  constructor(clientId: string, context: HeartbeatsContext<C>) {
    this.clientId = clientId;
    this.#context = context;
  }

  /** Milliseconds between two heartbeats: the shortest that a group asks for. */
  get intervalMs(): number {
    return Math.min(...[...this.groups].map(({ intervalMs }) => intervalMs));
  }

  /** Brokers that are told, or were told and have yet to hear a goodbye. */
  get contacts(): Iterable<C> {
    return this.#contacts.values();
  }

  /** Brokers that are to know a group. */
  contactsOf(group: RegisteredGroup): readonly C[] {
    return [...this.#contacts.values()].filter(({ wanted }) => names(wanted, group));
  }

  /** Works out anew who is to know what. @throws What a group's `mapAddress` throws; then nothing has changed. */
  plan(): void {
    const groups = [...this.groups].map((group) => ({ group, brokers: this.#context.brokersOf(group) }));
    const plan = planHeartbeats(this.clientId, groups);
    this.stale = false;
    for (const address of plan.keys()) {
      if (!this.#contacts.has(address)) this.#contacts.set(address, this.#context.contactWith(address, this.clientId));
    }
    for (const contact of this.#contacts.values()) contact.wanted = plan.get(contact.address);
  }

  /**
   * Takes a group out. It has to be in.
   *
   * @param report Takes what a group's `mapAddress` throws: brokers go on being told as they were.
   * @returns Brokers that may know a group that is not registered any more, by this client.
   */
  leave(group: RegisteredGroup, report: (error: unknown) => void): readonly C[] {
    this.groups.delete(group);
    const isRegistered = [...this.groups].some((each) => isSameGroup(each, group));
    const told = isRegistered ? [] : [...this.#contacts.values()].filter(({ told }) => names(told, group));
    try {
      this.plan();
    } catch (error) {
      report(error);
    }
    return told;
  }

  /** Forgets brokers that are to know nothing: they left, or have heard their goodbye. Gives them. */
  forgetUnwanted(): readonly C[] {
    const unwanted = [...this.#contacts.values()].filter(({ wanted }) => wanted === undefined);
    for (const { address } of unwanted) this.#contacts.delete(address);
    return unwanted;
  }
}

/** Whether a heartbeat names a group. */
export function names(heartbeat: HeartbeatData | undefined, group: RegisteredGroup): boolean {
  const set = group.consumer === undefined ? heartbeat?.producerDataSet : heartbeat?.consumerDataSet;
  return set?.some(({ groupName }) => groupName === group.group) ?? false;
}
