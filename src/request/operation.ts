import { RequestCode } from "../protocol/codes.ts";
import { getBrokerRuntimeInfo } from "./broker_runtime_info.ts";
import { requests } from "./mod.ts";

const OPERATIONS: ReadonlyMap<number, string> = new Map([
  ...Object.values(requests).map((spec) => [spec.code, spec.operation] as const),
  [getBrokerRuntimeInfo.code, getBrokerRuntimeInfo.operation],
  [RequestCode.HEART_BEAT, "sendHeartbeat"], // to brokers
  [RequestCode.UNREGISTER_CLIENT, "unregisterClient"],
]);

/** The method of `NameServerApi` that sends a request of this code, or what a registration does with it; `undefined` where there is none. */
export function operationOf(code: number): string | undefined {
  return OPERATIONS.get(code);
}
