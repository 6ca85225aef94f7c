import type { Addresses } from "../../src/remote/address.ts";
import type { ClientRegistration } from "../../src/client/registration/client_registration.ts";
import { connect } from "../../src/client/connect.ts";
import type { NameServerApi } from "../../src/request/name_server_api.ts";
import { nodeAdapter } from "../../src/socket/node.ts";
import type { ConsumerRegistrationOptions, RegistrationOptions } from "../../src/route/registration/options.ts";
import { connectSync, SyncRegistration, type SyncRemoteOptions } from "../../src/sync.ts";

/** A client of either kind, as one that promises. */
export interface EitherClient extends NameServerApi, AsyncDisposable {
  registerProducer(group: string, clientId: string, options?: RegistrationOptions): Promise<ClientRegistration>;
  registerConsumer(group: string, clientId: string, options?: ConsumerRegistrationOptions): Promise<ClientRegistration>;
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
function promising<T extends object>(object: object): T {
  return new Proxy(object, {
    get(target, name) {
      if (name === Symbol.asyncDispose) return () => Promise.resolve((target as Disposable)[Symbol.dispose]());
      const value = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        await undefined; // what is thrown is a rejection
        const result = value.apply(target, args);
        return result instanceof SyncRegistration ? promising(result) : result;
      };
    },
  }) as T;
}
