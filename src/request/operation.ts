import { requests } from "./mod.ts";

const OPERATIONS: ReadonlyMap<number, string> = new Map(Object.values(requests).map((spec) => [spec.code, spec.operation]));

/** The method of `NameServerApi` that sends a request of this code, `undefined` where there is none. */
export function operationOf(code: number): string | undefined {
  return OPERATIONS.get(code);
}
