import type { NameServerError } from "../../errors.ts";
import type { CallOptions } from "../../request/call_options.ts";

/** A group that brokers list, for as long as this is held. */
export interface ClientRegistration extends AsyncDisposable {
  /** The group. */
  readonly group: string;
  /** The client that is a member of it. */
  readonly clientId: string;
  /** Brokers whose last heartbeat was answered, by address. */
  readonly brokers: readonly string[];
  /** Broker address → why its last heartbeat failed; after {@link unregister}, why its goodbye did. */
  readonly failures: ReadonlyMap<string, NameServerError>;
  /**
   * Tells the brokers and stops the heartbeat; other groups of the client stay registered. Resolves when each broker has answered or failed:
   * one that can't be told forgets the group when its connection closes, or after 120 s. Idempotent.
   *
   * @throws The signal's reason; brokers are told nevertheless.
   */
  unregister(options?: CallOptions): Promise<void>;
}
