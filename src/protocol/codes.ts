/** Numbers of requests, by the names of RocketMQ's `RequestCode`. */
export interface RequestCodes extends Readonly<Record<string, number>> {
  /** How a broker does, asked of itself. */
  readonly GET_BROKER_RUNTIME_INFO: 28;
  /** A client tells a broker its groups. */
  readonly HEART_BEAT: 34;
  /** A client takes leave of a broker. */
  readonly UNREGISTER_CLIENT: 35;
  /** Clients of a consumer group, asked of a broker. */
  readonly GET_CONSUMER_LIST_BY_GROUP: 38;
  /** A broker tells that a consumer group has changed. */
  readonly NOTIFY_CONSUMER_IDS_CHANGED: 40;
  /** Sets a key of the KV configuration. */
  readonly PUT_KV_CONFIG: 100;
  /** One value of the KV configuration. */
  readonly GET_KV_CONFIG: 101;
  /** Removes a key of the KV configuration. */
  readonly DELETE_KV_CONFIG: 102;
  /** A broker tells itself and its topics. */
  readonly REGISTER_BROKER: 103;
  /** A broker takes leave. */
  readonly UNREGISTER_BROKER: 104;
  /** Which brokers serve a topic. */
  readonly GET_ROUTEINFO_BY_TOPIC: 105;
  /** Every broker and the clusters they form. */
  readonly GET_BROKER_CLUSTER_INFO: 106;
  /** Connections of a consumer group, asked of a broker. */
  readonly GET_CONSUMER_CONNECTION_LIST: 203;
  /** Connections of a producer group, asked of a broker. */
  readonly GET_PRODUCER_CONNECTION_LIST: 204;
  /** Takes a broker's topics the permission to be written. */
  readonly WIPE_WRITE_PERM_OF_BROKER: 205;
  /** Every topic. */
  readonly GET_ALL_TOPIC_LIST_FROM_NAMESERVER: 206;
  /** Forgets a topic. */
  readonly DELETE_TOPIC_IN_NAMESRV: 216;
  /** Adds a topic to brokers that are registered (5.x). */
  readonly REGISTER_TOPIC_IN_NAMESRV: 217;
  /** A namespace of the KV configuration. */
  readonly GET_KVLIST_BY_NAMESPACE: 219;
  /** Topics of a cluster. */
  readonly GET_TOPICS_BY_CLUSTER: 224;
  /** Names of clusters and brokers, which are topics too. */
  readonly GET_SYSTEM_TOPIC_LIST_FROM_NS: 304;
  /** Topics of units. */
  readonly GET_UNIT_TOPIC_LIST: 311;
  /** Topics that units subscribe to. */
  readonly GET_HAS_UNIT_SUB_TOPIC_LIST: 312;
  /** Topics that units subscribe to and that are no units'. */
  readonly GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST: 313;
  /** Changes the server's configuration. */
  readonly UPDATE_NAMESRV_CONFIG: 318;
  /** The server's configuration. */
  readonly GET_NAMESRV_CONFIG: 319;
  /** Whether a broker's registration has changed. */
  readonly QUERY_DATA_VERSION: 322;
  /** Gives a broker's topics all permissions back. */
  readonly ADD_WRITE_PERM_OF_BROKER: 327;
  /** Master and slaves of a broker (5.x). */
  readonly GET_BROKER_MEMBER_GROUP: 901;
  /** A broker says that it lives (5.x). */
  readonly BROKER_HEARTBEAT: 904;
  /** A server tells brokers who acts as master (5.x). */
  readonly NOTIFY_MIN_BROKER_ID_CHANGE: 905;
}

/** Numbers of answers, by the names of RocketMQ's `ResponseCode`. */
export interface ResponseCodes extends Readonly<Record<string, number>> {
  /** Done. */
  readonly SUCCESS: 0;
  /** Something was thrown; the remark says what. */
  readonly SYSTEM_ERROR: 1;
  /** Too much to do; try later, or another server. */
  readonly SYSTEM_BUSY: 2;
  /** The server does not know the request. */
  readonly REQUEST_CODE_NOT_SUPPORTED: 3;
  /** The server does not speak this version. */
  readonly VERSION_NOT_SUPPORTED: 15;
  /** Forbidden. */
  readonly NO_PERMISSION: 16;
  /** No such topic. */
  readonly TOPIC_NOT_EXIST: 17;
  /** No such key or namespace. */
  readonly QUERY_NOT_FOUND: 22;
  /** The server is about to end (5.3.1 and later). */
  readonly GO_AWAY: 1500;
}

/** All that a NameServer answers, and what this package asks brokers or is asked by them. */
export const RequestCode: RequestCodes = {
  GET_BROKER_RUNTIME_INFO: 28,
  HEART_BEAT: 34,
  UNREGISTER_CLIENT: 35,
  GET_CONSUMER_LIST_BY_GROUP: 38,
  NOTIFY_CONSUMER_IDS_CHANGED: 40,
  PUT_KV_CONFIG: 100,
  GET_KV_CONFIG: 101,
  DELETE_KV_CONFIG: 102,
  REGISTER_BROKER: 103,
  UNREGISTER_BROKER: 104,
  GET_ROUTEINFO_BY_TOPIC: 105,
  GET_BROKER_CLUSTER_INFO: 106,
  GET_CONSUMER_CONNECTION_LIST: 203,
  GET_PRODUCER_CONNECTION_LIST: 204,
  WIPE_WRITE_PERM_OF_BROKER: 205,
  GET_ALL_TOPIC_LIST_FROM_NAMESERVER: 206,
  DELETE_TOPIC_IN_NAMESRV: 216,
  REGISTER_TOPIC_IN_NAMESRV: 217,
  GET_KVLIST_BY_NAMESPACE: 219,
  GET_TOPICS_BY_CLUSTER: 224,
  GET_SYSTEM_TOPIC_LIST_FROM_NS: 304,
  GET_UNIT_TOPIC_LIST: 311,
  GET_HAS_UNIT_SUB_TOPIC_LIST: 312,
  GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST: 313,
  UPDATE_NAMESRV_CONFIG: 318,
  GET_NAMESRV_CONFIG: 319,
  QUERY_DATA_VERSION: 322,
  ADD_WRITE_PERM_OF_BROKER: 327,
  GET_BROKER_MEMBER_GROUP: 901,
  BROKER_HEARTBEAT: 904,
  NOTIFY_MIN_BROKER_ID_CHANGE: 905,
};

/** What a NameServer, a broker or the path to them may answer. */
export const ResponseCode: ResponseCodes = {
  SUCCESS: 0,
  SYSTEM_ERROR: 1,
  SYSTEM_BUSY: 2,
  REQUEST_CODE_NOT_SUPPORTED: 3,
  VERSION_NOT_SUPPORTED: 15,
  NO_PERMISSION: 16,
  TOPIC_NOT_EXIST: 17,
  QUERY_NOT_FOUND: 22,
  GO_AWAY: 1500,
};
