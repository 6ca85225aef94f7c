import { brand } from "./brand.ts";
import { NameServerError } from "./name_server_error.ts";

/** A server could not be dialled, or its connection was lost: `NAMESRV_CONNECT`, `_CONNECT_TIMEOUT`, `_CONNECTION_LOST`, `_TLS`. */
export class NameServerConnectionError extends NameServerError {
  static {
    brand(this, "NameServerConnectionError");
  }
}

/** The peer sent bytes that are no RocketMQ frame: `NAMESRV_MALFORMED_FRAME`, `_FRAME_TOO_LARGE`, `_WRONG_PROTOCOL`, `_TLS`. */
export class NameServerProtocolError extends NameServerError {
  static {
    brand(this, "NameServerProtocolError");
  }
}
