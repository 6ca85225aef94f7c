import { ResponseCode } from "../../protocol/codes.ts";
import { jsonBody } from "../answer.ts";
import { textField } from "../server_request.ts";
import type { Handler } from "./handler.ts";

/** PUT_KV_CONFIG (100). */
export const putKvConfig: Handler = ({ kv }, request) => {
  const namespace = textField(request, "namespace"), key = textField(request, "key");
  if (namespace === null || key === null) return { code: ResponseCode.SYSTEM_ERROR, remark: "namespace or key is null" };
  kv.put(namespace, key, textField(request, "value"));
  return {};
};

/** GET_KV_CONFIG (101). */
export const getKvConfig: Handler = ({ kv }, request) => {
  const namespace = textField(request, "namespace"), key = textField(request, "key");
  const value = kv.get(namespace, key);
  if (value !== null) return { fields: { value } };
  return { code: ResponseCode.QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace} Key: ${key}`, fields: {} };
};

/** DELETE_KV_CONFIG (102). */
export const deleteKvConfig: Handler = ({ kv }, request) => {
  kv.delete(textField(request, "namespace"), textField(request, "key"));
  return {};
};

/** GET_KVLIST_BY_NAMESPACE (219). */
export const listKvConfig: Handler = ({ kv, emulation }, request) => {
  const namespace = textField(request, "namespace");
  const table = kv.list(namespace);
  if (table !== undefined) return { body: jsonBody({ table }, emulation) };
  return { code: ResponseCode.QUERY_NOT_FOUND, remark: `No config item, Namespace: ${namespace}` };
};
