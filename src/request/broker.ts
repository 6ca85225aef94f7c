import type { BrokerHeartbeat } from "../model/broker_heartbeat.ts";
import type { BrokerIdentity, BrokerName, BrokerVersion } from "../model/broker_identity.ts";
import { type BrokerMemberGroup, parseBrokerMemberGroup } from "../model/broker_member_group.ts";
import { type DataVersionReply, formatDataVersion, parseDataVersion } from "../model/data_version.ts";
import { requireDuration, requireInt, requireLong } from "../model/shape.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import { encodeUtf8 } from "../protocol/utf8.ts";
import { booleanField } from "./answer_field.ts";
import { brokerIdentityFields, brokerNameFields } from "./broker_fields.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * GET_BROKER_MEMBER_GROUP (901), 5.x
 *
 *   request   ext: clusterName String, brokerName String
 *   answer    0 with the remark "not set any response code", which means nothing: body {"brokerMemberGroup":…} with integer keys,
 *             without addresses for an unknown broker; 4.x: none
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const getBrokerMemberGroup: RequestSpec<BrokerName, BrokerMemberGroup> = {
  operation: "getBrokerMemberGroup",
  code: RequestCode.GET_BROKER_MEMBER_GROUP,
  target: "one",
  idempotent: true,
  hasParams: true,
  encode: (broker) => createRequest(RequestCode.GET_BROKER_MEMBER_GROUP, { extFields: brokerNameFields(broker) }),
  decode: (response) => parseBrokerMemberGroup(expectSuccess(response, "getBrokerMemberGroup").body),
};

/**
 * QUERY_DATA_VERSION (322)
 *
 *   request   ext: clusterName String, brokerName String, brokerAddr String, brokerId Long; body DataVersion
 *   answer    0: ext changed "true"/"false"; body DataVersion, none where the server knows no such broker
 */
export const queryBrokerDataVersion: RequestSpec<BrokerVersion, DataVersionReply> = {
  operation: "queryBrokerDataVersion",
  code: RequestCode.QUERY_DATA_VERSION,
  target: "all",
  idempotent: true,
  hasParams: true,
  encode: (broker) =>
    createRequest(RequestCode.QUERY_DATA_VERSION, {
      extFields: brokerIdentityFields(broker),
      body: encodeUtf8(formatDataVersion(broker.version)),
    }),
  decode(response) {
    const { body } = expectSuccess(response, "queryBrokerDataVersion");
    const changed = booleanField(response, "changed", "queryBrokerDataVersion");
    return body.length === 0 ? { changed } : { changed, version: parseDataVersion(body) };
  },
};

/**
 * UNREGISTER_BROKER (104)
 *
 *   request   ext: clusterName String, brokerName String, brokerAddr String, brokerId Long
 *   answer    0, also for an unknown broker; 5.x does it a little later
 */
export const unregisterBroker: RequestSpec<BrokerIdentity, void> = {
  operation: "unregisterBroker",
  code: RequestCode.UNREGISTER_BROKER,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (broker) => createRequest(RequestCode.UNREGISTER_BROKER, { extFields: brokerIdentityFields(broker) }),
  decode: (response) => void expectSuccess(response, "unregisterBroker"),
};

/**
 * BROKER_HEARTBEAT (904), 5.x
 *
 *   request   ext: clusterName String, brokerName String, brokerAddr String, brokerId Long, epoch Integer?, maxOffset Long?,
 *             confirmOffset Long?, heartbeatTimeoutMills (sic) Long?, electionPriority Integer?
 *   answer    0, also for an unknown broker; 4.x: none
 */
export const sendBrokerHeartbeat: RequestSpec<BrokerHeartbeat, void> = {
  operation: "sendBrokerHeartbeat",
  code: RequestCode.BROKER_HEARTBEAT,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (heartbeat) =>
    createRequest(RequestCode.BROKER_HEARTBEAT, { extFields: { ...brokerIdentityFields(heartbeat), ...heartbeatFields(heartbeat) } }),
  decode: (response) => void expectSuccess(response, "sendBrokerHeartbeat"),
};

function heartbeatFields(heartbeat: BrokerHeartbeat): Readonly<Record<string, string>> {
  const { heartbeatTimeoutMs, epoch, maxOffset, confirmOffset, electionPriority } = heartbeat;
  return {
    ...(epoch !== undefined && { epoch: `${requireInt("epoch", epoch)}` }),
    ...(maxOffset !== undefined && { maxOffset: `${requireLong("maxOffset", maxOffset)}` }),
    ...(confirmOffset !== undefined && { confirmOffset: `${requireLong("confirmOffset", confirmOffset)}` }),
    ...(heartbeatTimeoutMs !== undefined && { heartbeatTimeoutMills: `${requireDuration("heartbeatTimeoutMs", heartbeatTimeoutMs)}` }),
    ...(electionPriority !== undefined && { electionPriority: `${requireInt("electionPriority", electionPriority)}` }),
  };
}
