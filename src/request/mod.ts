import { getBrokerMemberGroup, queryBrokerDataVersion, sendBrokerHeartbeat, unregisterBroker } from "./broker.ts";
import { registerBroker } from "./broker_registration.ts";
import { getNameServerConfig, updateNameServerConfig } from "./config.ts";
import { deleteKvConfig, getKvConfig, listKvConfig, putKvConfig } from "./kv.ts";
import type { NameServerApi, PerServer } from "./name_server_api.ts";
import type { RequestSpec } from "./request_spec.ts";
import { getBrokerClusterInfo, queryTopicRouteInfo } from "./route.ts";
import { deleteTopic, registerTopic } from "./topic.ts";
import {
  listSystemTopics,
  listTopics,
  listTopicsByCluster,
  listUnitSubscribedNonUnitTopics,
  listUnitSubscribedTopics,
  listUnitTopics,
} from "./topic_lists.ts";
import { addWritePermission, wipeWritePermission } from "./write_permission.ts";

/** What one server answers to a method of the API. */
export type Answer<K extends keyof NameServerApi> = Awaited<ReturnType<NameServerApi[K]>> extends PerServer<infer T> ? T
  : Awaited<ReturnType<NameServerApi[K]>>;

/** What a method of the API takes before its options. */
export type Params<K extends keyof NameServerApi> = Required<Parameters<NameServerApi[K]>> extends [infer P, unknown] ? P : void;

/** The table of requests: each method of the API, typed so that a missing one does not compile. */
export type RequestTable = { readonly [K in keyof NameServerApi]: RequestSpec<Params<K>, Answer<K>> };

/**
 * Every request by the name of its method.
 *
 * @example What a client sends
 * ```ts
 * import { requests } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(requests.queryTopicRouteInfo.encode("orders").extFields, { topic: "orders" });
 * ```
 */
export const requests: RequestTable = {
  queryTopicRouteInfo,
  getBrokerClusterInfo,
  getBrokerMemberGroup,
  queryBrokerDataVersion,
  listTopics,
  listTopicsByCluster,
  listSystemTopics,
  listUnitTopics,
  listUnitSubscribedTopics,
  listUnitSubscribedNonUnitTopics,
  getKvConfig,
  listKvConfig,
  putKvConfig,
  deleteKvConfig,
  getNameServerConfig,
  updateNameServerConfig,
  registerBroker,
  unregisterBroker,
  sendBrokerHeartbeat,
  registerTopic,
  deleteTopic,
  wipeWritePermission,
  addWritePermission,
};
