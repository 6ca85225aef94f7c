/** The models' types, for the entry points. */

export type { BrokerData } from "./broker_data.ts";
export type { BrokerHeartbeat } from "./broker_heartbeat.ts";
export type { BrokerIdentity, BrokerName, BrokerVersion } from "./broker_identity.ts";
export type { BrokerMemberGroup } from "./broker_member_group.ts";
export type { BrokerRegistered, BrokerRegistration } from "./broker_registration.ts";
export type { BrokerTopics } from "./broker_topics.ts";
export type { ClusterInfo } from "./cluster_info.ts";
export type { DataVersion, DataVersionReply } from "./data_version.ts";
export type { KvEntry, KvKey } from "./kv_table.ts";
export type { QueueData } from "./queue_data.ts";
export type { TopicConfig } from "./topic_config.ts";
export type { RegisterBrokerBody } from "./register_broker_body.ts";
export type { SystemTopics } from "./topic_list.ts";
export type { TopicQueueMappingInfo } from "./topic_queue_mapping_info.ts";
export type { TopicDeletion, TopicRegistration } from "./topic_registration.ts";
export type { TopicRouteData } from "./topic_route.ts";
