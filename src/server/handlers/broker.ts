import { ResponseCode } from "../../protocol/codes.ts";
import { crc32 } from "../../protocol/crc32.ts";
import { type Answer, jsonBody } from "../answer.ts";
import { type DataVersionRecord, readDataVersion } from "../data_version_record.ts";
import type { Emulation } from "../emulation.ts";
import { UnreadableError } from "../unreadable_error.ts";
import {
  addressIsNull,
  bodyIsNoJson,
  bodyIsNull,
  bodyNotDecoded,
  noBrokerIdToRegister,
  noBrokerIdToUnregister,
  noDataVersion,
} from "../java_failure.ts";
import { JavaNullError, logged } from "../java_null.ts";
import { ORDER_TOPIC_NAMESPACE } from "../kv_store.ts";
import { readJsonBody } from "../read_json.ts";
import { registerBroker } from "../register_broker.ts";
import type { MasterAddrs, RegistrationBody } from "../registration.ts";
import { type BodyForm, NO_REGISTRATION_BODY, readOldRegistrationBody, readRegistrationBody } from "../registration_body.ts";
import type { AddrKey } from "../route_tables.ts";
import { booleanField, intField, longField, type ServerRequest, textField } from "../server_request.ts";
import type { ServerState } from "../server_state.ts";
import { unregisterBroker } from "../unregister_broker.ts";
import { dataVersionBody } from "../wire_bodies.ts";
import type { Handler } from "./handler.ts";

/** Before 3.0.11 a registration's body is its topics alone. */
const OLD_VERSION = 37;

/** REGISTER_BROKER (103). */
export const registerBrokerRequest: Handler = (state, request) => {
  const { version, body: bytes } = request.command;
  const crc = intField(request, "bodyCrc32") ?? 0;
  if (crc !== 0 && crc !== (crc32(bytes) & 0x7fffffff)) {
    return { code: ResponseCode.SYSTEM_ERROR, remark: "crc32 not match", fields: {} };
  }
  const isOld = version < OLD_VERSION;
  const body = readBody(state, request, isOld);
  const brokerId = longField(request, "brokerId");
  if (brokerId === null) throw noBrokerIdToRegister(state.emulation, isOld);
  const timeoutMs = longField(request, "heartbeatTimeoutMillis");
  const master = registerBroker(state, {
    cluster: textField(request, "clusterName"),
    brokerAddr: textField(request, "brokerAddr"),
    brokerName: textField(request, "brokerName"),
    brokerId,
    haServerAddr: textField(request, "haServerAddr"),
    zoneName: textField(request, "__ZONE_NAME"),
    timeoutMs: timeoutMs === null || !state.emulation.isV5 ? null : Number(timeoutMs),
    enableActingMaster: booleanField(request, "enableActingMaster"),
    body,
    connection: request.connection,
  });
  if (master === null) return { code: ResponseCode.SYSTEM_ERROR, remark: "register broker failed", fields: {} };
  return registered(state, master);
};

function registered({ config, kv, emulation }: ServerState, { haServerAddr, masterAddr }: MasterAddrs): Answer {
  const isTold = !emulation.isV5 || config.flag("returnOrderTopicConfigToBroker");
  const table = isTold ? kv.list(ORDER_TOPIC_NAMESPACE) : undefined;
  return { fields: { haServerAddr, masterAddr }, ...(table && { body: jsonBody({ table }, emulation) }) };
}

function readBody({ emulation, now }: ServerState, request: ServerRequest, isOld: boolean): RegistrationBody {
  const { version, body } = request.command;
  if (body.length === 0) return isOld ? { ...NO_REGISTRATION_BODY, filterServers: null } : NO_REGISTRATION_BODY;
  const form: BodyForm = { version, compressed: booleanField(request, "compressed") ?? false, now };
  if (isOld) return asJson(body, emulation, () => readOldRegistrationBody(body, form, emulation));
  let registration: RegistrationBody | null;
  try {
    registration = readRegistrationBody(body, form, emulation);
  } catch {
    throw bodyNotDecoded(emulation);
  }
  if (registration === null) throw bodyIsNull(emulation);
  return registration;
}

/** UNREGISTER_BROKER (104). */
export const unregisterBrokerRequest: Handler = (state, request) => {
  const brokerId = longField(request, "brokerId");
  if (brokerId === null && !state.emulation.isV5) throw noBrokerIdToUnregister();
  logged(() =>
    unregisterBroker(state, {
      cluster: textField(request, "clusterName"),
      brokerAddr: textField(request, "brokerAddr"),
      brokerName: textField(request, "brokerName"),
      brokerId,
    }), undefined);
  return {};
};

/** BROKER_HEARTBEAT (904). */
export const brokerHeartbeat: Handler = (state, request) => {
  touch(state, addrKey(state, request));
  return {};
};

/** QUERY_DATA_VERSION (322). */
export const queryDataVersion: Handler = (state, request) => {
  const { tables, emulation } = state;
  const asked = readVersion(state, request.command.body);
  const key = addrKey(state, request);
  const changed = tables.isVersionChanged(key, asked);
  // 5.x takes it for a sign of life in any case, 4.9 only where nothing changed.
  if (emulation.isV5 || !changed) touch(state, key);
  const known = tables.live.get(key)?.version;
  return { fields: { changed: String(changed) }, ...(known && { body: jsonBody(dataVersionBody(known, emulation), emulation) }) };
};

/** GET_BROKER_MEMBER_GROUP (901). The handler forgets to take back the remark that every answer has at first. */
export const brokerMemberGroup: Handler = ({ tables, emulation }, request) => {
  const brokerName = textField(request, "brokerName");
  const brokerAddrs = logged(() => tables.brokers.get(tables.key(brokerName))?.brokerAddrs, undefined) ?? new Map();
  const group = { brokerAddrs, brokerName, cluster: textField(request, "clusterName") };
  return { remark: "not set any response code", body: jsonBody({ brokerMemberGroup: group }, emulation) };
};

function touch({ tables, now }: ServerState, key: AddrKey): void {
  const live = tables.live.get(key);
  if (live !== undefined) live.lastUpdateMs = now();
}

function addrKey({ tables }: ServerState, request: ServerRequest): AddrKey {
  const cluster = textField(request, "clusterName");
  try {
    return tables.addrKey(cluster, textField(request, "brokerAddr"));
  } catch (error) {
    throw error instanceof JavaNullError ? addressIsNull(cluster) : error;
  }
}

function readVersion({ emulation, now }: ServerState, body: Uint8Array): DataVersionRecord | null {
  if (body.length > 0) {
    return asJson(body, emulation, () => {
      const bean = readJsonBody(body, emulation);
      return bean && readDataVersion(bean, now);
    });
  }
  if (emulation.isV5) return null;
  throw noDataVersion();
}

function asJson<T>(body: Uint8Array, emulation: Emulation, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof UnreadableError ? bodyIsNoJson(body, emulation) : error;
  }
}
