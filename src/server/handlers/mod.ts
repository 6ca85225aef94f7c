import { RequestCode } from "../../protocol/codes.ts";
import { brokerHeartbeat, brokerMemberGroup, queryDataVersion, registerBrokerRequest, unregisterBrokerRequest } from "./broker.ts";
import { getConfig, updateConfig } from "./config.ts";
import type { Handler } from "./handler.ts";
import { deleteKvConfig, getKvConfig, listKvConfig, putKvConfig } from "./kv.ts";
import { clusterInfo, clusterTestRoute, routeOfTopic } from "./route.ts";
import {
  addWritePermission,
  deleteTopicRequest,
  listSystemTopics,
  listTopics,
  listTopicsByCluster,
  listUnitTopics,
  registerTopicRequest,
  wipeWritePermission,
} from "./topics.ts";

/** Handlers of all releases by request code — namesrv/processor/DefaultRequestProcessor.java. */
const HANDLERS: ReadonlyMap<number, Handler> = new Map<number, Handler>([
  [RequestCode.PUT_KV_CONFIG, putKvConfig],
  [RequestCode.GET_KV_CONFIG, getKvConfig],
  [RequestCode.DELETE_KV_CONFIG, deleteKvConfig],
  [RequestCode.GET_KVLIST_BY_NAMESPACE, listKvConfig],
  [RequestCode.REGISTER_BROKER, registerBrokerRequest],
  [RequestCode.UNREGISTER_BROKER, unregisterBrokerRequest],
  [RequestCode.QUERY_DATA_VERSION, queryDataVersion],
  [RequestCode.GET_ROUTEINFO_BY_TOPIC, routeOfTopic],
  [RequestCode.GET_BROKER_CLUSTER_INFO, clusterInfo],
  [RequestCode.WIPE_WRITE_PERM_OF_BROKER, wipeWritePermission],
  [RequestCode.ADD_WRITE_PERM_OF_BROKER, addWritePermission],
  [RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, listTopics],
  [RequestCode.GET_TOPICS_BY_CLUSTER, listTopicsByCluster],
  [RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS, listSystemTopics],
  [RequestCode.GET_UNIT_TOPIC_LIST, listUnitTopics("unit")],
  [RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST, listUnitTopics("unit-subscribed")],
  [RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST, listUnitTopics("unit-subscribed-non-unit")],
  [RequestCode.DELETE_TOPIC_IN_NAMESRV, deleteTopicRequest],
  [RequestCode.UPDATE_NAMESRV_CONFIG, updateConfig],
  [RequestCode.GET_NAMESRV_CONFIG, getConfig],
]);

const HANDLERS_SINCE_5: ReadonlyMap<number, Handler> = new Map<number, Handler>([
  [RequestCode.REGISTER_TOPIC_IN_NAMESRV, registerTopicRequest],
  [RequestCode.GET_BROKER_MEMBER_GROUP, brokerMemberGroup],
  [RequestCode.BROKER_HEARTBEAT, brokerHeartbeat],
]);

/** The handler of a request code, if there is one. @param clusterTest Whether the server was started to pass on the routes of another. */
export function handlerOf(code: number, isV5: boolean, clusterTest: boolean): Handler | undefined {
  if (clusterTest) return clusterTestRoute;
  return HANDLERS.get(code) ?? (isV5 ? HANDLERS_SINCE_5.get(code) : undefined);
}
