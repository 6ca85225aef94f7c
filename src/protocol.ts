/**
 * The wire by itself: frames, headers, the JSON dialect of the servers, and what each request and answer looks like. No I/O, no timers, no
 * globals of a runtime.
 *
 * @module
 */

export * from "./protocol/codes.ts";
export { type AnswerInit, type CommandInit, createRequest, createResponse, type RemotingCommand } from "./protocol/command.ts";
export { decodeCommand } from "./protocol/decode_command.ts";
export { encodeCommand, type Serialization } from "./protocol/encode_command.ts";
export { FrameDecoder, type FrameDecoderOptions } from "./protocol/frame.ts";
export { parseLenientJson } from "./protocol/lenient_json.ts";
export { type Credentials, signCommand } from "./protocol/signature.ts";
export { versionName } from "./protocol/version_name.ts";
export { withZone } from "./protocol/zone.ts";
export { parseClusterInfo } from "./model/cluster_info.ts";
export type * from "./model/mod.ts";
export { parseTopicRoute } from "./model/topic_route.ts";
export type { CallOptions } from "./request/call_options.ts";
export { type Answer, type Params, requests, type RequestTable } from "./request/mod.ts";
export type { NameServerApi, PerServer } from "./request/name_server_api.ts";
export type { RequestSpec } from "./request/request_spec.ts";
