import { TopicNotFoundError } from "../errors.ts";
import { type ClusterInfo, parseClusterInfo } from "../model/cluster_info.ts";
import { parseTopicRoute, type TopicRouteData } from "../model/topic_route.ts";
import { RequestCode, ResponseCode } from "../protocol/codes.ts";
import { createRequest, type RemotingCommand } from "../protocol/command.ts";
import { requireName } from "../model/shape.ts";
import type { RequestSpec } from "./request_spec.ts";
import { at, expectSuccess } from "./response_error.ts";

/**
 * GET_ROUTEINFO_BY_TOPIC (105)
 *
 *   request   ext: topic String
 *   answer    0: body TopicRouteData, standard JSON for requests of version ≥ 401; 17: no such topic
 *
 * namesrv/processor/ClientRequestProcessor.java
 */
export const queryTopicRouteInfo: RequestSpec<string, TopicRouteData> = {
  operation: "queryTopicRouteInfo",
  code: RequestCode.GET_ROUTEINFO_BY_TOPIC,
  target: "one",
  idempotent: true,
  hasParams: true,
  encode: (topic) => createRequest(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: requireName("topic", topic) } }),
  decode(response, topic) {
    if (response.code === ResponseCode.TOPIC_NOT_EXIST) throw topicNotFound(response, topic);
    return parseTopicRoute(expectSuccess(response, "queryTopicRouteInfo").body);
  },
};

function topicNotFound(response: RemotingCommand, topic: string): TopicNotFoundError {
  const { code: responseCode, remark = "", address } = response;
  return new TopicNotFoundError(`Cannot find route of topic "${topic}"${at(address)}: the server knows no such topic`, {
    topic,
    responseCode,
    remark,
    address,
    operation: "queryTopicRouteInfo",
  });
}

/**
 * GET_BROKER_CLUSTER_INFO (106)
 *
 *   request   nothing
 *   answer    0: body ClusterInfo, always with integer keys
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const getBrokerClusterInfo: RequestSpec<void, ClusterInfo> = {
  operation: "getBrokerClusterInfo",
  code: RequestCode.GET_BROKER_CLUSTER_INFO,
  target: "one",
  idempotent: true,
  hasParams: false,
  encode: () => createRequest(RequestCode.GET_BROKER_CLUSTER_INFO),
  decode: (response) => parseClusterInfo(expectSuccess(response, "getBrokerClusterInfo").body),
};
