import type { DataVersion } from "./data_version.ts";

/** A broker by name: one master and its slaves. */
export interface BrokerName {
  /** The cluster it belongs to. */
  readonly cluster: string;
  /** The name that master and slaves share. */
  readonly brokerName: string;
}

/** One member of a broker: its master or one of its slaves. */
export interface BrokerIdentity extends BrokerName {
  /** Where it serves clients, `host:port`. */
  readonly brokerAddr: string;
  /** 0 the master, others slaves. A Java long: a bigint beyond ±(2^53 − 1). */
  readonly brokerId: number | bigint;
}

/** A broker and the edition of its topics. */
export interface BrokerVersion extends BrokerIdentity {
  /** The edition to compare with the server's. */
  readonly version: DataVersion;
}
