import { requests } from "./mod.ts";
import type { RequestSpec } from "./request_spec.ts";

/** Performs a request for a client: by awaiting, or by blocking. */
export type Ask<C> = (client: C, spec: RequestSpec<unknown, unknown>, params: unknown, options: object | undefined) => unknown;

/** The methods of a client, one for each request of the table, for `Object.defineProperties`. */
export function requestMethods<C>(ask: Ask<C>): PropertyDescriptorMap {
  const specs = Object.entries(requests) as [string, RequestSpec<unknown, unknown>][];
  return Object.fromEntries(specs.map(([name, spec]) => [name, { value: methodOf(spec, ask), writable: true, configurable: true }]));
}

function methodOf<C>(spec: RequestSpec<unknown, unknown>, ask: Ask<C>): (this: C, ...args: readonly (object | undefined)[]) => unknown {
  if (!spec.hasParams) {
    return function (options) {
      return ask(this, spec, undefined, options);
    };
  }
  return function (params, options) {
    return ask(this, spec, params, options);
  };
}
