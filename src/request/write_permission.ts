import { requireName } from "../model/shape.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import { intField } from "./answer_field.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * WIPE_WRITE_PERM_OF_BROKER (205): takes bit 2 of `perm` from every topic of the broker
 *
 *   request   ext: brokerName String
 *   answer    0: ext wipeTopicCount int, 0 for an unknown broker
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const wipeWritePermission: RequestSpec<string, number> = {
  operation: "wipeWritePermission",
  code: RequestCode.WIPE_WRITE_PERM_OF_BROKER,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (brokerName) =>
    createRequest(RequestCode.WIPE_WRITE_PERM_OF_BROKER, { extFields: { brokerName: requireName("brokerName", brokerName) } }),
  decode: (response) => intField(expectSuccess(response, "wipeWritePermission"), "wipeTopicCount", "wipeWritePermission"),
};

/**
 * ADD_WRITE_PERM_OF_BROKER (327): sets `perm` of every topic of the broker to 6, of read-only ones too
 *
 *   request   ext: brokerName String
 *   answer    0: ext addTopicCount int, 0 for an unknown broker
 */
export const addWritePermission: RequestSpec<string, number> = {
  operation: "addWritePermission",
  code: RequestCode.ADD_WRITE_PERM_OF_BROKER,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (brokerName) =>
    createRequest(RequestCode.ADD_WRITE_PERM_OF_BROKER, { extFields: { brokerName: requireName("brokerName", brokerName) } }),
  decode: (response) => intField(expectSuccess(response, "addWritePermission"), "addTopicCount", "addWritePermission"),
};
