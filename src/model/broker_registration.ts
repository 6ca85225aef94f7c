import type { BrokerIdentity } from "./broker_identity.ts";
import type { RegisterBrokerBody } from "./register_broker_body.ts";

/** A broker as it makes itself known to a server (REGISTER_BROKER, 103). */
export interface BrokerRegistration extends BrokerIdentity, RegisterBrokerBody {
  /** Where it serves its slaves, `host:port`. */
  readonly haServerAddr?: string;
  /** Milliseconds without a further registration or heartbeat after which it counts as dead (5.x), 1 at least. @default {120_000} */
  readonly heartbeatTimeoutMs?: number;
  /** Whether a slave may stand in for a lost master (5.x). */
  readonly enableActingMaster?: boolean;
  /** Its zone (5.x). */
  readonly zoneName?: string;
  /**
   * Whether the body is sent compressed. Such a body has no room for `topicSysFlag` and `order`: servers take them as 0 and false. 4.x
   * servers refuse one with `attributes` in it. @default {false}
   */
  readonly compressed?: boolean;
}

/** What a server tells a broker that has registered. */
export interface BrokerRegistered {
  /** To a slave: where its master serves slaves, `host:port`. */
  readonly haServerAddr?: string;
  /** To a slave: its master, `host:port`. */
  readonly masterAddr?: string;
  /** The queues of ordered topics, by topic: the namespace `"ORDER_TOPIC_CONFIG"` of the server's store. */
  readonly kvTable?: Readonly<Record<string, string>>;
}
