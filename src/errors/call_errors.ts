import { brand } from "./brand.ts";
import { NameServerError, type NameServerErrorInit } from "./name_server_error.ts";

/** The deadline of a call passed. The attempts that were made are its `cause`. */
export class NameServerTimeoutError extends NameServerError {
  static {
    brand(this, "NameServerTimeoutError");
  }
  /** The deadline that passed, in milliseconds. */
  readonly timeoutMs: number;

  /** Makes an error of code `NAMESRV_TIMEOUT`. */
  constructor(message: string, init: Omit<NameServerErrorInit, "code"> & { readonly timeoutMs: number }) {
    super(message, { ...init, code: "NAMESRV_TIMEOUT" });
    this.timeoutMs = init.timeoutMs;
  }
}

/** The client was closed while the call was under way, or before it. */
export class NameServerClosedError extends NameServerError {
  static {
    brand(this, "NameServerClosedError");
  }

  /** Makes an error of code `NAMESRV_CLOSED`. */
  constructor(message: string, init: Omit<NameServerErrorInit, "code"> = {}) {
    super(message, { ...init, code: "NAMESRV_CLOSED" });
  }
}

/** Several attempts failed. */
export class NameServerUnavailableError extends NameServerError {
  static {
    brand(this, "NameServerUnavailableError");
  }
  /** One error an attempt, in order. */
  readonly errors: readonly NameServerError[];

  /** Makes an error of code `NAMESRV_UNAVAILABLE`. */
  constructor(message: string, init: Omit<NameServerErrorInit, "code"> & { readonly errors: readonly NameServerError[] }) {
    super(message, { ...init, code: "NAMESRV_UNAVAILABLE" });
    this.errors = init.errors;
  }
}

/** A write reached some servers only. */
export class NameServerPartialWriteError extends NameServerError {
  static {
    brand(this, "NameServerPartialWriteError");
  }
  /** Servers that accepted, `host:port`. */
  readonly accepted: readonly string[];
  /** One error for each server that did not. */
  readonly errors: readonly NameServerError[];

  /** Makes an error of code `NAMESRV_PARTIAL_WRITE`. */
  constructor(
    message: string,
    init: Omit<NameServerErrorInit, "code"> & { readonly accepted: readonly string[]; readonly errors: readonly NameServerError[] },
  ) {
    super(message, { ...init, code: "NAMESRV_PARTIAL_WRITE" });
    this.accepted = init.accepted;
    this.errors = init.errors;
  }
}
