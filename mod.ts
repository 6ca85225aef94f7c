/**
 * Discovery and registration for RocketMQ: asks NameServers which brokers serve a topic.
 *
 * @example The route of a topic, from a NameServer inside the process
 * ```ts
 * import { connect } from "@rmq/nameserver";
 * import { EmbeddedNameServer } from "@rmq/nameserver/testing";
 * import { assertEquals } from "@std/assert";
 *
 * await using server = new EmbeddedNameServer();
 * await using client = await connect(server.address, { adapter: server.adapter });
 * assertEquals((await client.getBrokerClusterInfo()).clusterAddrTable, {});
 * ```
 *
 * @module
 */

export { type AsyncClientOptions, AsyncNameServerClient } from "./src/client/async_client.ts";
export type { RouteCacheOptions } from "./src/client/cache/options.ts";
export type { RouteCacheStats, RouteEntry } from "./src/client/cache/route_entry.ts";
export type { RouteStore } from "./src/client/cache/route_store.ts";
export type { BrokerMember } from "./src/client/brokers/broker_member.ts";
export type { BrokerStatus } from "./src/client/brokers/broker_status.ts";
export type { BrokerStatusOptions } from "./src/client/brokers/get_broker_status.ts";
export { connect, type ConnectOptions } from "./src/client/connect.ts";
export { type ClientIdParts, createClientId } from "./src/client/create_client_id.ts";
export { RouteCache } from "./src/client/route_cache.ts";
export type { ClusterChange } from "./src/client/watch/cluster_change.ts";
export type { WatchOptions } from "./src/client/watch/options.ts";
export type { TopicRouteChange } from "./src/client/watch/topic_change.ts";
export {
  NameServerClosedError,
  NameServerConnectionError,
  NameServerDataParseError,
  NameServerError,
  type NameServerErrorCode,
  type NameServerErrorInit,
  NameServerPartialWriteError,
  NameServerProtocolError,
  NameServerResponseError,
  type NameServerResponseErrorInit,
  NameServerTimeoutError,
  NameServerUnavailableError,
  TopicNotFoundError,
} from "./src/errors.ts";
export type * from "./src/model/mod.ts";
export type { RemotingCommand } from "./src/protocol/command.ts";
export type { Serialization } from "./src/protocol/encode_command.ts";
export type { Credentials } from "./src/protocol/signature.ts";
export type { Addresses, AddressList } from "./src/remote/address.ts";
export { addressServer, type AddressServerOptions } from "./src/remote/address_server.ts";
export type { AddressSource } from "./src/remote/address_source.ts";
export { createRemote } from "./src/remote/create_remote.ts";
export type { RemoteEvent } from "./src/remote/events.ts";
export type { RemoteOptions } from "./src/remote/options.ts";
export type { Goodbye, Remote, RequestOptions } from "./src/remote/remote.ts";
export type { ConsumerRegistrationOptions, RegistrationOptions } from "./src/route/registration/options.ts";
export type { ClientRegistration } from "./src/client/registration/client_registration.ts";
export type { ConsumerData } from "./src/model/heartbeat_data.ts";
export type { Subscription, SubscriptionData } from "./src/model/subscription_data.ts";
export type { CallOptions } from "./src/request/call_options.ts";
export type { NameServerApi, PerServer } from "./src/request/name_server_api.ts";
export type { Sync } from "./src/request/sync.ts";
export type { BrokerDifference, NameServerComparison, TopicDifference } from "./src/route/compare_servers.ts";
export { type ClusterDiff, type ClusterProbes, diffClusters } from "./src/route/diff_clusters.ts";
export { diffRoutes, type RouteDiff } from "./src/route/diff_routes.ts";
export { formatPermission } from "./src/route/format_permission.ts";
export { masterAddress } from "./src/route/master_address.ts";
export type { MessageQueue } from "./src/route/message_queue.ts";
export { publishQueues } from "./src/route/publish_queues.ts";
export { sameRoute } from "./src/route/same_route.ts";
export { type StaticQueue, staticQueues } from "./src/route/static_queues.ts";
export type { BrokerAddress } from "./src/route/subscribe_address.ts";
export { subscribeQueues } from "./src/route/subscribe_queues.ts";
export type { Endpoint, Socket, SocketAdapter, SocketConnectOptions, TlsOptions } from "./src/socket/socket.ts";
