import { formatProperties, parseProperties } from "../model/properties.ts";
import { RequestCode } from "../protocol/codes.ts";
import { createRequest } from "../protocol/command.ts";
import { decodeUtf8, encodeUtf8 } from "../protocol/utf8.ts";
import { requireHarmless } from "./harmless_config.ts";
import type { RequestSpec } from "./request_spec.ts";
import { expectSuccess } from "./response_error.ts";

/**
 * GET_NAMESRV_CONFIG (319)
 *
 *   request   nothing
 *   answer    0: body text of java.util.Properties, which servers write without escapes: a backslash in a value is lost to the reader, as
 *             to Java's own tools
 *
 * namesrv/processor/DefaultRequestProcessor.java
 */
export const getNameServerConfig: RequestSpec<void, Readonly<Record<string, string>>> = {
  operation: "getNameServerConfig",
  code: RequestCode.GET_NAMESRV_CONFIG,
  target: "all",
  idempotent: true,
  hasParams: false,
  encode: () => createRequest(RequestCode.GET_NAMESRV_CONFIG),
  decode: (response) => parseProperties(decodeUtf8(expectSuccess(response, "getNameServerConfig").body)),
};

/**
 * UPDATE_NAMESRV_CONFIG (318)
 *
 *   request   body text of java.util.Properties, which servers read as ISO 8859-1: so it has to be ASCII
 *   answer    0, also where keys are unknown or values unfit, which are ignored; 1: cannot be read; 16: a key is on the server's black list
 */
export const updateNameServerConfig: RequestSpec<Readonly<Record<string, string>>, void> = {
  operation: "updateNameServerConfig",
  code: RequestCode.UPDATE_NAMESRV_CONFIG,
  target: "all",
  idempotent: false,
  hasParams: true,
  encode: (values) => createRequest(RequestCode.UPDATE_NAMESRV_CONFIG, { body: encodeUtf8(formatProperties(requireHarmless(values))) }),
  decode: (response) => void expectSuccess(response, "updateNameServerConfig"),
};
