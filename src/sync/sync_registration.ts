import { acceptedBy, failuresOf } from "../client/registration/registered_brokers.ts";
import type { NameServerError } from "../errors.ts";
import { checkTimeout } from "../remote/options.ts";
import type { RegisteredGroup } from "../route/registration/registered_group.ts";
import type { SyncCallOptions } from "./options.ts";
import type { SyncContact } from "./sync_contact.ts";
import type { SyncRegistrar } from "./sync_registrar.ts";

/** A group that brokers know, until it is unregistered. */
export class SyncRegistration implements Disposable {
  /** The group's name. */
  readonly group: string;
  /** The client that is a member of it. */
  readonly clientId: string;
  readonly #group: RegisteredGroup;
  readonly #registrar: SyncRegistrar;
  readonly #timeoutMs: number;
  /** Brokers that were told goodbye. */
  #left: readonly SyncContact[] | undefined;

  /** A client makes it. */
  constructor(group: RegisteredGroup, registrar: SyncRegistrar, timeoutMs: number) {
    this.group = group.group;
    this.clientId = group.clientId;
    this.#group = group;
    this.#registrar = registrar;
    this.#timeoutMs = timeoutMs;
  }

  /** Brokers whose last heartbeat was answered, by address. */
  get brokers(): readonly string[] {
    return acceptedBy(this.#registrar.contactsOf(this.#group), this.#group);
  }

  /** Broker address → why its last heartbeat failed; after {@link unregister}, why its goodbye did. */
  get failures(): ReadonlyMap<string, NameServerError> {
    return failuresOf(this.#left ?? this.#registrar.contactsOf(this.#group));
  }

  /** Tells the brokers and stops the heartbeat; other groups of the client stay registered. Idempotent. */
  unregister(options: SyncCallOptions = {}): void {
    const timeoutMs = options.timeoutMs === undefined ? this.#timeoutMs : checkTimeout("timeoutMs", options.timeoutMs);
    this.#left ??= this.#registrar.leave(this.#group, timeoutMs);
  }

  /** {@link unregister}, for `using`. */
  [Symbol.dispose](): void {
    this.unregister();
  }
}
