import type { BrokerIdentity } from "./broker_identity.ts";

/** A broker's sign of life, lighter than to register again (BROKER_HEARTBEAT, 904; 5.x). */
export interface BrokerHeartbeat extends BrokerIdentity {
  /** Milliseconds without a further sign after which the broker counts as dead, 1 at least. */
  readonly heartbeatTimeoutMs?: number;
  /** Term of the master, in controller mode. */
  readonly epoch?: number;
  /** Greatest offset of its commit log. */
  readonly maxOffset?: number;
  /** Offset up to which its slaves have confirmed. */
  readonly confirmOffset?: number;
  /** Lower is elected first. */
  readonly electionPriority?: number;
}
