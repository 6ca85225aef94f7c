import { brand } from "./brand.ts";
import type { NameServerErrorCode } from "./error_code.ts";
import { NameServerError, type NameServerErrorInit } from "./name_server_error.ts";

/** The body of an answer is not what its request promises. The connection is kept. */
export class NameServerDataParseError extends NameServerError {
  static {
    brand(this, "NameServerDataParseError");
  }
  /** Where in the body, as a JSON pointer: `/brokerDatas/0/brokerAddrs`. */
  readonly path: string;

  /** Makes an error of code `NAMESRV_MALFORMED_BODY`. */
  constructor(message: string, init: Omit<NameServerErrorInit, "code"> & { readonly path: string }) {
    super(message, { ...init, code: "NAMESRV_MALFORMED_BODY" });
    this.path = init.path;
  }
}

/** What {@link NameServerResponseError} carries beside the fields of every error. */
export interface NameServerResponseErrorInit extends Omit<NameServerErrorInit, "code"> {
  /** What went wrong. @default {"NAMESRV_RESPONSE"} */
  readonly code?: NameServerErrorCode;
  /** The code that the server answered. */
  readonly responseCode: number;
  /** The server's own words, `""` where it gave none. */
  readonly remark: string;
}

/** The server answered with a code that is no success. */
export class NameServerResponseError extends NameServerError {
  static {
    brand(this, "NameServerResponseError");
  }
  /** The code that the server answered. */
  readonly responseCode: number;
  /** The server's own words, `""` where it gave none. */
  readonly remark: string;

  /** Makes an error of code `NAMESRV_RESPONSE`, or of a more telling one. */
  constructor(message: string, init: NameServerResponseErrorInit) {
    super(message, { ...init, code: init.code ?? "NAMESRV_RESPONSE" });
    this.responseCode = init.responseCode;
    this.remark = init.remark;
  }
}

/** The server knows no route of the topic (response code 17). */
export class TopicNotFoundError extends NameServerResponseError {
  static {
    brand(this, "TopicNotFoundError");
  }
  /** The topic that was asked for. */
  readonly topic: string;

  /** Makes an error of code `NAMESRV_TOPIC_NOT_FOUND`. */
  constructor(message: string, init: Omit<NameServerResponseErrorInit, "code"> & { readonly topic: string }) {
    super(message, { ...init, code: "NAMESRV_TOPIC_NOT_FOUND" });
    this.topic = init.topic;
  }
}
