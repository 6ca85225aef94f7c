import { requireName, requireObject } from "../model/shape.ts";
import { formatTopicRegistration, type TopicDeletion, type TopicRegistration } from "../model/topic_registration.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import { encodeUtf8 } from "../protocol/utf8.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * REGISTER_TOPIC_IN_NAMESRV (217), 5.x
 *
 *   request   ext: topic String; body TopicRouteData, of which queueDatas counts
 *   answer    0, also where no broker of the queues is known and nothing is stored; 4.x: none
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const registerTopic: RequestSpec<TopicRegistration, void> = {
  operation: "registerTopic",
  code: RequestCode.REGISTER_TOPIC_IN_NAMESRV,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode(registration) {
    const { topic, queues } = requireObject("topic", registration);
    return createRequest(RequestCode.REGISTER_TOPIC_IN_NAMESRV, {
      extFields: { topic: requireName("topic", topic) },
      body: encodeUtf8(formatTopicRegistration(queues)),
    });
  },
  decode: (response) => void expectSuccess(response, "registerTopic"),
};

/**
 * DELETE_TOPIC_IN_NAMESRV (216)
 *
 *   request   ext: topic String, clusterName String?; empty is absent to servers, and would delete the topic everywhere
 *   answer    0, also where there is no such topic
 */
export const deleteTopic: RequestSpec<TopicDeletion, void> = {
  operation: "deleteTopic",
  code: RequestCode.DELETE_TOPIC_IN_NAMESRV,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode(deletion) {
    const { topic, cluster } = requireObject("topic", deletion);
    return createRequest(RequestCode.DELETE_TOPIC_IN_NAMESRV, {
      extFields: {
        topic: requireName("topic", topic),
        ...(cluster !== undefined && { clusterName: requireName("cluster", cluster) }),
      },
    });
  },
  decode: (response) => void expectSuccess(response, "deleteTopic"),
};
