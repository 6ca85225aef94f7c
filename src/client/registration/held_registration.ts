import type { NameServerError } from "../../errors.ts";
import { checkTimeout } from "../../remote/options.ts";
import { runtimeTimers } from "../../remote/timers.ts";
import type { CallOptions } from "../../request/call_options.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { waitFor } from "../wait_for.ts";
import type { BrokerContact } from "./broker_contact.ts";
import type { ClientHeartbeats } from "./client_heartbeats.ts";
import type { ClientRegistration } from "./client_registration.ts";
import { acceptedBy, failuresOf } from "./registered_brokers.ts";

/** How a registration ends; gives the brokers that were told, when they have answered or failed. Never rejects. */
export type Unregister = (timeoutMs: number | undefined) => Promise<readonly BrokerContact[]>;

/** A group's view of the heartbeats that it shares with others of its client. */
export class HeldRegistration implements ClientRegistration {
  readonly #group: RegisteredGroup;
  readonly #client: ClientHeartbeats<BrokerContact>;
  readonly #unregister: Unregister;
  #ended: Promise<readonly BrokerContact[]> | undefined;
  /** Brokers that were told goodbye. */
  #left: readonly BrokerContact[] = [];

  constructor(group: RegisteredGroup, client: ClientHeartbeats<BrokerContact>, unregister: Unregister) {
    this.#group = group;
    this.#client = client;
    this.#unregister = unregister;
  }

  get group(): string {
    return this.#group.group;
  }

  get clientId(): string {
    return this.#group.clientId;
  }

  get brokers(): readonly string[] {
    return this.#ended === undefined ? acceptedBy(this.#client.contactsOf(this.#group), this.#group) : [];
  }

  get failures(): ReadonlyMap<string, NameServerError> {
    return failuresOf(this.#ended === undefined ? this.#client.contactsOf(this.#group) : this.#left);
  }

  async unregister(options: CallOptions = {}): Promise<void> {
    if (options.timeoutMs !== undefined) checkTimeout("timeoutMs", options.timeoutMs);
    options.signal?.throwIfAborted();
    this.#ended ??= this.#unregister(options.timeoutMs);
    this.#left = await waitFor(this.#ended, { signal: options.signal, timers: runtimeTimers, onTimeout: () => undefined });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.unregister();
  }
}
