import type { BrokerData } from "../../model/broker_data.ts";
import type { ConsumerData } from "../../model/heartbeat_data.ts";
import type { Subscription } from "../../model/subscription_data.ts";
import type { CallOptions } from "../../request/call_options.ts";

/**
 * How a group is made known to brokers. `signal` and `timeoutMs` are for the first round; with `address`, that NameServer is asked which
 * brokers there are.
 */
export interface RegistrationOptions extends CallOptions {
  /**
   * Milliseconds between two heartbeats to a broker, above 0 and at most 2,147,483,647. Brokers forget a client after 120 s. Where groups of
   * one clientId differ, the shortest counts for all of them. @default {30_000}
   */
  readonly intervalMs?: number;
  /** Only brokers that serve these topics. @default {every broker of every cluster} */
  readonly topics?: readonly string[];
  /** Rewrites a broker's advertised address (NAT, tunnel, container network). */
  readonly mapAddress?: (address: string, broker: BrokerData) => string;
}

/** How a group of consumers is made known to brokers. */
export interface ConsumerRegistrationOptions extends RegistrationOptions {
  /** What the group wants, one for a topic. @default {nothing} */
  readonly subscriptions?: readonly Subscription[];
  /** Whether it asks for messages, is given them, or pops them. @default {"CONSUME_PASSIVELY"} push */
  readonly consumeType?: ConsumerData["consumeType"];
  /** Whether each member gets every message, or the members share them. @default {"CLUSTERING"} */
  readonly messageModel?: ConsumerData["messageModel"];
  /** Where a group begins that no broker knows yet. @default {"CONSUME_FROM_LAST_OFFSET"} */
  readonly consumeFromWhere?: ConsumerData["consumeFromWhere"];
}

/** What {@link ConsumerRegistrationOptions} are where they are left out. */
export const REGISTRATION_DEFAULTS = {
  intervalMs: 30_000,
  consumeType: "CONSUME_PASSIVELY",
  messageModel: "CLUSTERING",
  consumeFromWhere: "CONSUME_FROM_LAST_OFFSET",
} as const;
