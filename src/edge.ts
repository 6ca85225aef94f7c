/**
 * All of `@rmq/nameserver`, and sockets for runtimes that hand out a `connect` of web streams, such as workerd's `cloudflare:sockets`.
 *
 * @module
 */

export * from "../mod.ts";
export { edgeAdapter, type EdgeDial } from "./socket/edge.ts";
export type { EdgeStreams } from "./socket/edge_socket.ts";
