import type { BrokerHeartbeat } from "../model/broker_heartbeat.ts";
import type { BrokerIdentity, BrokerName, BrokerVersion } from "../model/broker_identity.ts";
import type { BrokerMemberGroup } from "../model/broker_member_group.ts";
import type { BrokerRegistered, BrokerRegistration } from "../model/broker_registration.ts";
import type { ClusterInfo } from "../model/cluster_info.ts";
import type { DataVersionReply } from "../model/data_version.ts";
import type { KvEntry, KvKey } from "../model/kv_table.ts";
import type { SystemTopics } from "../model/topic_list.ts";
import type { TopicDeletion, TopicRegistration } from "../model/topic_registration.ts";
import type { TopicRouteData } from "../model/topic_route.ts";
import type { CallOptions } from "./call_options.ts";

/** What each server answered, by `host:port`. */
export type PerServer<T = void> = ReadonlyMap<string, T>;

/**
 * Every request a NameServer answers, once.
 *
 * Reads ask one server and fail over. Writes go to every server, since NameServers do not replicate: they resolve when all accepted, else
 * reject with `NameServerPartialWriteError`, which says who did. An empty name is a `TypeError` and a number that does not fit a
 * `RangeError`, both before anything is sent. A 4.x server does not answer requests unknown to it: those marked 5.x then time out.
 *
 * `AsyncNameServerClient` implements this as written.
 */
export interface NameServerApi<O = CallOptions> {
  /**
   * Which brokers serve a topic, asked anew each time (GET_ROUTEINFO_BY_TOPIC, 105).
   *
   * @throws {TopicNotFoundError} If the server that answers knows no route of the topic.
   */
  queryTopicRouteInfo(topic: string, options?: O): Promise<TopicRouteData>;
  /** Every broker and the clusters they form (GET_BROKER_CLUSTER_INFO, 106). */
  getBrokerClusterInfo(options?: O): Promise<ClusterInfo>;
  /** The master and slaves of a broker that are alive; none for an unknown broker (GET_BROKER_MEMBER_GROUP, 901; 5.x). */
  getBrokerMemberGroup(broker: BrokerName, options?: O): Promise<BrokerMemberGroup>;
  /**
   * Which edition of a broker's topics each server has, and whether it differs from yours; counts as a sign of life (QUERY_DATA_VERSION,
   * 322).
   */
  queryBrokerDataVersion(broker: BrokerVersion, options?: O): Promise<PerServer<DataVersionReply>>;

  /** Names of all topics, in no order (GET_ALL_TOPIC_LIST_FROM_NAMESERVER, 206). */
  listTopics(options?: O): Promise<readonly string[]>;
  /** Names of the topics that a cluster's brokers have, in no order; none for an unknown cluster (GET_TOPICS_BY_CLUSTER, 224). */
  listTopicsByCluster(cluster: string, options?: O): Promise<readonly string[]>;
  /** Names of clusters and brokers, which are topics too, and the address of some broker (GET_SYSTEM_TOPIC_LIST_FROM_NS, 304). */
  listSystemTopics(options?: O): Promise<SystemTopics>;
  /** Names of the unit topics (GET_UNIT_TOPIC_LIST, 311). */
  listUnitTopics(options?: O): Promise<readonly string[]>;
  /** Names of the topics with unit subscriptions (GET_HAS_UNIT_SUB_TOPIC_LIST, 312). */
  listUnitSubscribedTopics(options?: O): Promise<readonly string[]>;
  /** Names of the topics with unit subscriptions that are no unit topics (GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, 313). */
  listUnitSubscribedNonUnitTopics(options?: O): Promise<readonly string[]>;

  /** A value of the server's store; `undefined` where there is none (GET_KV_CONFIG, 101). */
  getKvConfig(key: KvKey, options?: O): Promise<string | undefined>;
  /** Values of a namespace by key; none for an unknown namespace. The record has no prototype (GET_KVLIST_BY_NAMESPACE, 219). */
  listKvConfig(namespace: string, options?: O): Promise<Readonly<Record<string, string>>>;
  /** Sets a value on every server (PUT_KV_CONFIG, 100). */
  putKvConfig(entry: KvEntry, options?: O): Promise<PerServer>;
  /** Deletes a value on every server, whether it is there or not (DELETE_KV_CONFIG, 102). */
  deleteKvConfig(key: KvKey, options?: O): Promise<PerServer>;

  /**
   * Each server's configuration, by name (GET_NAMESRV_CONFIG, 319). It is read as Java's own tools read it: servers do not escape what they
   * write, so a backslash in a value is lost.
   */
  getNameServerConfig(options?: O): Promise<PerServer<Readonly<Record<string, string>>>>;
  /**
   * Changes each server's configuration (UPDATE_NAMESRV_CONFIG, 318). Servers ignore names they do not know and values that do not fit.
   *
   * @throws {TypeError} If a name stands for a path or the black list (`configStorePath`, `kvConfigPath`, `rocketmqHome`, `rebalanceHome`,
   * `configBlackList`), or there is a line break in a name or value, or what becomes one when a server
   * restarts (CVE-2023-33246, CVE-2023-37582).
   */
  updateNameServerConfig(values: Readonly<Record<string, string>>, options?: O): Promise<PerServer>;

  /**
   * Makes a broker known to every server (REGISTER_BROKER, 103). A server forgets it when the connection closes, or after
   * `heartbeatTimeoutMs` without a further sign of life. Of two members with one id, the one of the higher `version.stateVersion` stays,
   * and the other is not told.
   *
   * @throws {NameServerResponseError} If the server refuses: a 5.x server refuses the first registration of a broker with exactly one
   * topic.
   */
  registerBroker(registration: BrokerRegistration, options?: O): Promise<PerServer<BrokerRegistered>>;
  /** Makes every server forget a broker, known or not; 5.x servers do so a little after they have answered (UNREGISTER_BROKER, 104). */
  unregisterBroker(broker: BrokerIdentity, options?: O): Promise<PerServer>;
  /** A sign of life of a registered broker; servers accept it of unknown ones too, and ignore it (BROKER_HEARTBEAT, 904; 5.x). */
  sendBrokerHeartbeat(heartbeat: BrokerHeartbeat, options?: O): Promise<PerServer>;

  /** Makes a topic known on brokers that a server knows; without one nothing is stored (REGISTER_TOPIC_IN_NAMESRV, 217; 5.x). */
  registerTopic(topic: TopicRegistration, options?: O): Promise<PerServer>;
  /** Makes every server forget a topic, until a broker that has it registers it again (DELETE_TOPIC_IN_NAMESRV, 216). */
  deleteTopic(topic: TopicDeletion, options?: O): Promise<PerServer>;
  /** Forbids to write to a broker's topics; how many there are, 0 for an unknown broker (WIPE_WRITE_PERM_OF_BROKER, 205). */
  wipeWritePermission(brokerName: string, options?: O): Promise<PerServer<number>>;
  /**
   * Allows to read from and write to a broker's topics, those too that were read-only; how many there are (ADD_WRITE_PERM_OF_BROKER, 327).
   */
  addWritePermission(brokerName: string, options?: O): Promise<PerServer<number>>;
}
