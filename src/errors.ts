/**
 * Every failure this package reports, as classes. Misuse is a plain `TypeError` or `RangeError`; an abort is `signal.reason` itself;
 * all else is one of these.
 *
 * @module
 */

export {
  NameServerDataParseError,
  NameServerResponseError,
  type NameServerResponseErrorInit,
  TopicNotFoundError,
} from "./errors/answer_errors.ts";
export {
  NameServerClosedError,
  NameServerPartialWriteError,
  NameServerTimeoutError,
  NameServerUnavailableError,
} from "./errors/call_errors.ts";
export { NameServerConnectionError, NameServerProtocolError } from "./errors/connection_errors.ts";
export type { NameServerErrorCode } from "./errors/error_code.ts";
export { forOperation, NameServerError, type NameServerErrorInit, withContext } from "./errors/name_server_error.ts";
