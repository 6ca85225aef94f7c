/**
 * The client that blocks: the same answers as `@rmq/nameserver`, on a thread that waits for them. For Deno, Bun and Node.
 *
 * @module
 */

export type { Sync } from "./request/sync.ts";
export { connectSync, type SyncConnectOptions } from "./sync/connect_sync.ts";
export { createSyncRemote } from "./sync/create_sync_remote.ts";
export type { SyncCallOptions, SyncRemoteOptions } from "./sync/options.ts";
export {
  type SyncClientOptions,
  type SyncConsumerRegistrationOptions,
  SyncNameServerClient,
  type SyncRegistrationOptions,
} from "./sync/sync_client.ts";
export { SyncRegistration } from "./sync/sync_registration.ts";
export type { SyncRemote, SyncRequestOptions } from "./sync/sync_remote.ts";
export { type SyncRouteOptions, SyncRoutes } from "./sync/sync_routes.ts";
