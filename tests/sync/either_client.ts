import type { Addresses } from "../../src/remote/address.ts";
import { connect } from "../../src/client/connect.ts";
import type { NameServerApi } from "../../src/request/name_server_api.ts";
import { nodeAdapter } from "../../src/socket/node.ts";
import { connectSync, type SyncRemoteOptions } from "../../src/sync.ts";

/** A client of either kind, as one that promises. */
export interface EitherClient extends NameServerApi, AsyncDisposable {
  readonly closed: boolean;
  close(): Promise<void>;
}

/** Connects a client of one kind. */
export type Connect = (addresses: Addresses, options?: SyncRemoteOptions) => Promise<EitherClient>;

/** Both kinds of clients. The async one has the sockets that the worker has, so that runtimes' words for failures are the same. */
export const CLIENTS: readonly (readonly [kind: string, connect: Connect])[] = [
  ["async", (addresses, options) => connect(addresses, { ...options, adapter: nodeAdapter })],
  ["sync", (addresses, options) => Promise.resolve().then(() => promising(connectSync(addresses, options)))],
];

/** The same object, whose methods promise what they give. */
function promising(client: object): EitherClient {
  return new Proxy(client, {
    get(target, name) {
      if (name === Symbol.asyncDispose) return () => Promise.resolve((target as Disposable)[Symbol.dispose]());
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => Promise.resolve().then(() => value.apply(target, args));
    },
  }) as EitherClient;
}
