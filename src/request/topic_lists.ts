import { parseSystemTopics, parseTopicList, type SystemTopics } from "../model/topic_list.ts";
import { requireName } from "../model/shape.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * A request for names:
 *
 *   request   nothing
 *   answer    0: body TopicList; 5.x: 1 "disable" where the server's configuration forbids it
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
function namesRequest(operation: string, code: number): RequestSpec<void, readonly string[]> {
  return {
    operation,
    code,
    target: "one",
    idempotent: true,
    hasParams: false,
    encode: () => createRequest(code),
    decode: (response) => parseTopicList(expectSuccess(response, operation).body),
  };
}

/** GET_ALL_TOPIC_LIST_FROM_NAMESERVER (206): every topic. As {@link namesRequest}. */
export const listTopics: RequestSpec<void, readonly string[]> = namesRequest("listTopics", RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER);

/** GET_UNIT_TOPIC_LIST (311): topics with bit 1 of `topicSysFlag`. As {@link namesRequest}. */
export const listUnitTopics: RequestSpec<void, readonly string[]> = namesRequest("listUnitTopics", RequestCode.GET_UNIT_TOPIC_LIST);

/** GET_HAS_UNIT_SUB_TOPIC_LIST (312): topics with bit 2 of `topicSysFlag`. As {@link namesRequest}. */
export const listUnitSubscribedTopics: RequestSpec<void, readonly string[]> = namesRequest(
  "listUnitSubscribedTopics",
  RequestCode.GET_HAS_UNIT_SUB_TOPIC_LIST,
);

/** GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST (313): topics with bit 2 and without bit 1 of `topicSysFlag`. As {@link namesRequest}. */
export const listUnitSubscribedNonUnitTopics: RequestSpec<void, readonly string[]> = namesRequest(
  "listUnitSubscribedNonUnitTopics",
  RequestCode.GET_HAS_UNIT_SUB_UNUNIT_TOPIC_LIST,
);

/**
 * GET_TOPICS_BY_CLUSTER (224)
 *
 *   request   ext: cluster String
 *   answer    0: body TopicList, empty for an unknown cluster; 5.x: 1 "disable" where the server's configuration forbids it
 */
export const listTopicsByCluster: RequestSpec<string, readonly string[]> = {
  operation: "listTopicsByCluster",
  code: RequestCode.GET_TOPICS_BY_CLUSTER,
  target: "one",
  idempotent: true,
  hasParams: true,
  encode: (cluster) => createRequest(RequestCode.GET_TOPICS_BY_CLUSTER, { extFields: { cluster: requireName("cluster", cluster) } }),
  decode: (response) => parseTopicList(expectSuccess(response, "listTopicsByCluster").body),
};

/**
 * GET_SYSTEM_TOPIC_LIST_FROM_NS (304)
 *
 *   request   nothing
 *   answer    0: body TopicList with brokerAddr, which is absent where no broker is registered
 */
export const listSystemTopics: RequestSpec<void, SystemTopics> = {
  operation: "listSystemTopics",
  code: RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS,
  target: "one",
  idempotent: true,
  hasParams: false,
  encode: () => createRequest(RequestCode.GET_SYSTEM_TOPIC_LIST_FROM_NS),
  decode: (response) => parseSystemTopics(expectSuccess(response, "listSystemTopics").body),
};
