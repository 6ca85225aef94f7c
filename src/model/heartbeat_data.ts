import { formatJson } from "../protocol/format_json.ts";
import { requireName } from "./shape.ts";
import type { SubscriptionData } from "./subscription_data.ts";

/** A group that sends. */
export interface ProducerData {
  /** The group. */
  readonly groupName: string;
}

/** A group that receives. */
export interface ConsumerData {
  /** The group. */
  readonly groupName: string;
  /** Whether it asks for messages, is given them, or pops them. */
  readonly consumeType: "CONSUME_ACTIVELY" | "CONSUME_PASSIVELY" | "CONSUME_POP";
  /** Whether each member gets every message, or the members share them. */
  readonly messageModel: "BROADCASTING" | "CLUSTERING";
  /** Where a group begins that no broker knows yet. */
  readonly consumeFromWhere: "CONSUME_FROM_LAST_OFFSET" | "CONSUME_FROM_FIRST_OFFSET" | "CONSUME_FROM_TIMESTAMP";
  /** What it wants. */
  readonly subscriptionDataSet: readonly SubscriptionData[];
  /** Whether its topics are unit topics. */
  readonly unitMode: boolean;
}

/** What a client tells brokers of itself (HEART_BEAT, 34). */
export interface HeartbeatData {
  /** The client: all its groups share one heartbeat. */
  readonly clientID: string;
  /** Its groups that send. */
  readonly producerDataSet: readonly ProducerData[];
  /** Its groups that receive. */
  readonly consumerDataSet: readonly ConsumerData[];
}

/**
 * A heartbeat as JSON, with subscriptions in it, so without a fingerprint of them.
 *
 * @throws {TypeError} If the client or a group has no name.
 */
export function formatHeartbeatData(heartbeat: HeartbeatData): string {
  const { clientID, producerDataSet, consumerDataSet } = heartbeat;
  for (const { groupName } of [...producerDataSet, ...consumerDataSet]) requireName("group", groupName);
  return formatJson({
    clientID: requireName("clientId", clientID),
    consumerDataSet,
    heartbeatFingerprint: 0,
    producerDataSet,
    withoutSub: false,
  });
}
