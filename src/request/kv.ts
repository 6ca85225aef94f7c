import { type KvEntry, type KvKey, parseKvTable } from "../model/kv_table.ts";
import { requireName, requireObject, requireText } from "../model/shape.ts";
import { RequestCode, ResponseCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * GET_KV_CONFIG (101)
 *
 *   request   ext: namespace String, key String
 *   answer    0: ext value String; 22: no such namespace or key
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const getKvConfig: RequestSpec<KvKey, string | undefined> = {
  operation: "getKvConfig",
  code: RequestCode.GET_KV_CONFIG,
  target: "one",
  idempotent: true,
  hasParams: true,
  encode: (key) => createRequest(RequestCode.GET_KV_CONFIG, { extFields: keyFields(key) }),
  decode(response) {
    if (response.code === ResponseCode.QUERY_NOT_FOUND) return undefined;
    return expectSuccess(response, "getKvConfig").extFields["value"];
  },
};

/**
 * GET_KVLIST_BY_NAMESPACE (219)
 *
 *   request   ext: namespace String
 *   answer    0: body KVTable; 22: no such namespace, which is as good as an empty one
 */
export const listKvConfig: RequestSpec<string, Readonly<Record<string, string>>> = {
  operation: "listKvConfig",
  code: RequestCode.GET_KVLIST_BY_NAMESPACE,
  target: "one",
  idempotent: true,
  hasParams: true,
  encode: (namespace) =>
    createRequest(RequestCode.GET_KVLIST_BY_NAMESPACE, { extFields: { namespace: requireName("namespace", namespace) } }),
  decode(response) {
    if (response.code === ResponseCode.QUERY_NOT_FOUND) return Object.create(null);
    return parseKvTable(expectSuccess(response, "listKvConfig").body);
  },
};

/**
 * PUT_KV_CONFIG (100)
 *
 *   request   ext: namespace String, key String, value String
 *   answer    0
 */
export const putKvConfig: RequestSpec<KvEntry, void> = {
  operation: "putKvConfig",
  code: RequestCode.PUT_KV_CONFIG,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (entry) =>
    createRequest(RequestCode.PUT_KV_CONFIG, { extFields: { ...keyFields(entry), value: requireText("value", entry.value) } }),
  decode: (response) => void expectSuccess(response, "putKvConfig"),
};

/**
 * DELETE_KV_CONFIG (102)
 *
 *   request   ext: namespace String, key String
 *   answer    0, also where there is no such key
 */
export const deleteKvConfig: RequestSpec<KvKey, void> = {
  operation: "deleteKvConfig",
  code: RequestCode.DELETE_KV_CONFIG,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (key) => createRequest(RequestCode.DELETE_KV_CONFIG, { extFields: keyFields(key) }),
  decode: (response) => void expectSuccess(response, "deleteKvConfig"),
};

function keyFields(place: KvKey): Readonly<Record<string, string>> {
  const { namespace, key } = requireObject("key", place);
  return { namespace: requireName("namespace", namespace), key: requireName("key", key) };
}
