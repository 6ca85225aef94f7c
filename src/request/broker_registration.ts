import type { BrokerRegistered, BrokerRegistration } from "../model/broker_registration.ts";
import { compressRegisterBrokerBody } from "../model/compressed_broker_body.ts";
import { parseKvTable } from "../model/kv_table.ts";
import { formatRegisterBrokerBody } from "../model/register_broker_body.ts";
import { requireBoolean, requireDuration, requireName, requireObject } from "../model/shape.ts";
import { RequestCode, ResponseCode } from "../protocol/codes.ts";
import { createRequest, type RemotingCommand } from "../protocol/command.ts";
import { crc32 } from "../protocol/crc32.ts";
import { encodeUtf8 } from "../protocol/utf8.ts";
import { brokerIdentityFields } from "./broker_fields.ts";
import type { RequestSpec } from "./request_spec.ts";
import { responseError } from "./response_error.ts";

/**
 * REGISTER_BROKER (103)
 *
 *   request   ext: clusterName String, brokerName String, brokerAddr String, brokerId Long, haServerAddr String?, compressed boolean,
 *             bodyCrc32 Integer: CRC-32 of the body as sent, without its highest bit; 0 is unchecked
 *             5.x: heartbeatTimeoutMillis Long?, enableActingMaster Boolean?, __ZONE_NAME String?
 *             body RegisterBrokerBody, JSON or compressed
 *   answer    0: ext masterAddr String?, haServerAddr String?, both to a slave whose master is alive; body KVTable?
 *             1: refused, in the server's words
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const registerBroker: RequestSpec<BrokerRegistration, BrokerRegistered> = {
  operation: "registerBroker",
  code: RequestCode.REGISTER_BROKER,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode(registration) {
    const body = encodeBody(registration);
    return createRequest(RequestCode.REGISTER_BROKER, { extFields: registrationFields(registration, body), body });
  },
  decode(response, registration) {
    if (response.code !== ResponseCode.SUCCESS) throw responseError(response, "registerBroker", advice(response, registration));
    const { extFields: { haServerAddr, masterAddr }, body } = response;
    return {
      ...(haServerAddr !== undefined && { haServerAddr }),
      ...(masterAddr !== undefined && { masterAddr }),
      ...(body.length > 0 && { kvTable: parseKvTable(body) }),
    };
  },
};

function encodeBody(registration: BrokerRegistration): Uint8Array {
  const compressed = requireBoolean("compressed", requireObject("broker", registration).compressed ?? false);
  return compressed ? compressRegisterBrokerBody(registration) : encodeUtf8(formatRegisterBrokerBody(registration));
}

function registrationFields(registration: BrokerRegistration, body: Uint8Array): Readonly<Record<string, string>> {
  const { haServerAddr, heartbeatTimeoutMs, enableActingMaster, zoneName } = registration;
  return {
    ...brokerIdentityFields(registration),
    ...(haServerAddr !== undefined && { haServerAddr: requireName("haServerAddr", haServerAddr) }),
    compressed: `${registration.compressed ?? false}`,
    bodyCrc32: `${crc32(body) & 0x7fffffff}`,
    ...(heartbeatTimeoutMs !== undefined && { heartbeatTimeoutMillis: `${requireDuration("heartbeatTimeoutMs", heartbeatTimeoutMs)}` }),
    ...(enableActingMaster !== undefined && { enableActingMaster: `${requireBoolean("enableActingMaster", enableActingMaster)}` }),
    ...(zoneName !== undefined && { __ZONE_NAME: requireName("zoneName", zoneName) }),
  };
}

/** 5.x takes one topic from a broker that it does not know for an update that came too early — namesrv/routeinfo/RouteInfoManager.java */
function advice(response: RemotingCommand, registration: BrokerRegistration): string | undefined {
  if (response.remark !== "register broker failed" || Object.keys(registration.topics).length !== 1) return undefined;
  return "5.x servers refuse the first registration of a broker if it has exactly one topic, and may list the broker without addresses " +
    "from then on; register it with no topic or with several first";
}
