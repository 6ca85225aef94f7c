import { parseKvTable } from "../model/kv_table.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * GET_BROKER_RUNTIME_INFO (28), asked of a broker
 *
 *   request   nothing
 *   answer    0: body KVTable: brokerVersion (an ordinal), brokerVersionDesc, bootTimestamp, putTps, …
 *
 * broker/processor/AdminBrokerProcessor.java
 */
export const getBrokerRuntimeInfo: RequestSpec<void, Readonly<Record<string, string>>> = {
  operation: "getBrokerStatus",
  code: RequestCode.GET_BROKER_RUNTIME_INFO,
  target: "one",
  idempotent: true,
  hasParams: false,
  encode: () => createRequest(RequestCode.GET_BROKER_RUNTIME_INFO),
  decode: (response) => parseKvTable(expectSuccess(response, "getBrokerStatus").body),
};
