/**
 * Where routes outlive the process and are shared with others. A `Storage` of `unstorage` is one as it is, whatever its driver. Failures of
 * a store are events, never failures of a call.
 */
export interface RouteStore {
  /** The value, in any form that was text; `null` or `undefined` where there is none. */
  getItem(key: string): Promise<unknown> | unknown;
  /** Keeps a text. @param options `ttl`: seconds after which it may be forgotten. */
  setItem(key: string, value: string, options?: { readonly ttl?: number }): Promise<void> | void;
  /** Forgets it. */
  removeItem?(key: string): Promise<void> | void;
}
