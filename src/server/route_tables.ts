import type { TopicQueueMappingInfo } from "../model/topic_queue_mapping_info.ts";
import { type DataVersionRecord, sameDataVersion } from "./data_version_record.ts";
import { inHashOrder } from "./java_hash_order.ts";
import { type JavaString, nonNull } from "./java_null.ts";
import type { PickedRoute } from "./picked_route.ts";

/** A broker's name and the addresses behind it. */
export interface BrokerRecord {
  readonly cluster: JavaString;
  readonly brokerName: JavaString;
  /** Address by broker id, 0 the master. */
  readonly brokerAddrs: Map<bigint, JavaString>;
  enableActingMaster: boolean;
  zoneName: JavaString;
}

/** A topic's queues on one broker. */
export interface QueueRecord {
  readonly brokerName: JavaString;
  readonly readQueueNums: number;
  readonly writeQueueNums: number;
  perm: number;
  readonly topicSysFlag: number;
}

/** An address that registered and has not expired. */
export interface LiveBroker {
  readonly cluster: JavaString;
  readonly brokerAddr: JavaString;
  lastUpdateMs: number;
  readonly timeoutMs: number;
  readonly version: DataVersionRecord | null;
  /** The connection that it registered on last. */
  readonly connection: object | undefined;
  readonly haServerAddr: JavaString;
}

/** Key of an address: 5.x tells clusters apart, 4.9 does not. Its hash is that of the text — RouteInfoManager.java, BrokerAddrInfo. */
export type AddrKey = string | null;

/**
 * What the server knows of brokers and topics — namesrv/routeinfo/RouteInfoManager.java. Its operations are functions of their own; the
 * tables keep the order of insertion, where Java has that of its hashes.
 */
export class RouteTables {
  /** 4.9 has tables of `HashMap`, where null is a key like others, 5.x of `ConcurrentHashMap`. */
  readonly #isV5: boolean;
  /** Queues by topic, then by broker name. */
  readonly topics: Map<JavaString, Map<JavaString, QueueRecord>> = new Map();
  /** Brokers by name. */
  readonly brokers: Map<JavaString, BrokerRecord> = new Map();
  /** Broker names by cluster. */
  readonly clusters: Map<JavaString, Set<JavaString>> = new Map();
  /** Addresses that registered and have not expired. */
  readonly live: Map<AddrKey, LiveBroker> = new Map();
  /** Filter servers by the address that told of them. */
  readonly filterServers: Map<AddrKey, readonly JavaString[]> = new Map();
  /** Static topics: mapping by topic, then by broker name. Nothing ever leaves it. */
  readonly mappings: Map<string, Map<string, TopicQueueMappingInfo>> = new Map();
  /** Routes that a test put in place of what the tables say. */
  readonly fixedRoutes: Map<string, PickedRoute> = new Map();

  constructor(isV5: boolean) {
    this.#isV5 = isV5;
  }

  /** Clusters in Java's order: `new HashMap<>(32)` in 4.9; a `ConcurrentHashMap` of 5.x takes twice the buckets it is asked for. */
  get clustersInOrder(): readonly (readonly [JavaString, ReadonlySet<JavaString>])[] {
    return inHashOrder(this.clusters.keys(), this.#buckets(32)).map((name) => [name, this.clusters.get(name)!]);
  }

  /** Brokers in Java's order. */
  get brokersInOrder(): readonly BrokerRecord[] {
    return inHashOrder(this.brokers.keys(), this.#buckets(128)).map((name) => this.brokers.get(name)!);
  }

  /** Addresses that are alive, in Java's order. */
  get liveInOrder(): readonly (readonly [AddrKey, LiveBroker])[] {
    return inHashOrder(this.live.keys(), this.#buckets(256)).map((key) => [key, this.live.get(key)!]);
  }

  /** A name as a key of a table. @throws {JavaNullError} If it is null and the release can't have that. */
  key(name: JavaString): JavaString {
    return this.#isV5 ? nonNull(name) : name;
  }

  /** The key of a broker's address. @throws {JavaNullError} As {@link RouteTables.key}. */
  addrKey(cluster: JavaString, brokerAddr: JavaString): AddrKey {
    return this.#isV5 ? `${nonNull(cluster)}_${nonNull(brokerAddr)}` : brokerAddr;
  }

  /** Whether the address is unknown, or known with another version. */
  isVersionChanged(addrKey: AddrKey, version: DataVersionRecord | null): boolean {
    const known = this.live.get(addrKey)?.version;
    return !known || version === null || !sameDataVersion(known, version, this.#isV5);
  }

  #buckets(initial: number): number {
    return this.#isV5 ? 2 * initial : initial;
  }
}
