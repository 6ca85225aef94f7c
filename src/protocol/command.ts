/**
 * One message of the protocol, request or answer. On the wire it is a frame: a length, a header in one of two encodings, a body.
 */
export interface RemotingCommand {
  /** Requests: what is asked (`RequestCode`). Answers: how it went (`ResponseCode`). */
  readonly code: number;
  /** The sender's language, `"OTHER"` where it is absent or unknown. */
  readonly language: string;
  /** The sender's version, an ordinal of the server's `MQVersion` (479 is 5.3.3). */
  readonly version: number;
  /** int32, echoed by the server: the only link between request and answer. Set by the connection that sends it. */
  readonly opaque: number;
  /** Bit 0: response. Bit 1: one-way. */
  readonly flag: number;
  /** Words of the server. Not by itself a sign of an error. */
  readonly remark?: string;
  /** Named arguments. Values that are not text become text; null values are absent; a zero-length value of a binary header is `""`. */
  readonly extFields: Readonly<Record<string, string>>;
  /** What follows the header; zero bytes where there is none. */
  readonly body: Uint8Array;
  /** Server that sent it, `host:port`; on answers that a `Remote` gives. */
  readonly address?: string;
  /** Of an answer that asks for patience, behind several attempts that did: how many there were. */
  readonly attempts?: number;
}

/** A command that is being read; what reads it owns it. */
export type CommandDraft = { -readonly [K in keyof RemotingCommand]: RemotingCommand[K] };

/** ` from "host:port"` for messages, or nothing where the peer is not known. */
export function fromPeer(address: string | undefined): string {
  return address === undefined ? "" : ` from "${address}"`;
}

/** Bit of `flag`: this is an answer. */
export const FLAG_RESPONSE = 1;
/** Bit of `flag`: nobody waits for an answer. */
export const FLAG_ONEWAY = 2;

/** 5.3.3: servers answer 105 in standard JSON from 401 (4.9.4) on, and may say GO_AWAY above 475 (5.3.1). */
const CLIENT_VERSION = 479;

/** No arguments. */
export const NO_FIELDS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));
/** No body. */
export const NO_BODY: Uint8Array = new Uint8Array(0);

/** What {@link createRequest} puts into a request. */
export interface CommandInit {
  /** Named arguments. */
  readonly extFields?: Readonly<Record<string, string>>;
  /** What follows the header. The caller does not change it afterwards. */
  readonly body?: Uint8Array;
}

/**
 * Makes a request of language `"OTHER"` and version 479 (5.3.3), with opaque 0 until a connection sends it.
 *
 * @param code What is asked: a value of `RequestCode`, −32768…32767 where it has to fit a binary header.
 * @example Ask for a route by hand
 * ```ts
 * import { createRequest, encodeCommand, RequestCode } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const request = createRequest(RequestCode.GET_ROUTEINFO_BY_TOPIC, { extFields: { topic: "orders" } });
 * assertEquals(encodeCommand(request)[4], 0); // header type: JSON
 * ```
 */
export function createRequest(code: number, init: CommandInit = {}): RemotingCommand {
  return {
    code,
    language: "OTHER",
    version: CLIENT_VERSION,
    opaque: 0,
    flag: 0,
    extFields: init.extFields ?? NO_FIELDS,
    body: init.body ?? NO_BODY,
  };
}

/** What {@link createResponse} puts into an answer. */
export interface AnswerInit extends CommandInit {
  /** How it went. @default {0} SUCCESS */
  readonly code?: number;
  /** Words for the reader. */
  readonly remark?: string;
}

/**
 * Makes the answer to a request: its opaque, the response bit, and what `init` says.
 *
 * @example Answer as a server would
 * ```ts
 * import { createRequest, createResponse } from "@rmq/nameserver/protocol";
 * import { assertEquals } from "@std/assert";
 *
 * const response = createResponse({ ...createRequest(105), opaque: 7 }, { code: 17 });
 * assertEquals([response.opaque, response.flag, response.code], [7, 1, 17]);
 * ```
 */
export function createResponse(request: RemotingCommand, init: AnswerInit = {}): RemotingCommand {
  const response = createRequest(init.code ?? 0, init);
  return {
    ...response,
    opaque: request.opaque,
    flag: FLAG_RESPONSE,
    ...(init.remark !== undefined && { remark: init.remark }),
  };
}
