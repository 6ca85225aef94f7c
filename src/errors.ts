/**
 * Every failure this package reports, as classes. Misuse is a plain `TypeError` or `RangeError`; an abort is `signal.reason` itself;
 * all else is one of these.
 *
 * @module
 */

/** What went wrong, for programs: one code wherever a caller would act differently. */
export type NameServerErrorCode =
  | "NAMESRV_CONNECT"
  | "NAMESRV_CONNECT_TIMEOUT"
  | "NAMESRV_CONNECTION_LOST"
  | "NAMESRV_TLS"
  | "NAMESRV_WRONG_PROTOCOL"
  | "NAMESRV_TIMEOUT"
  | "NAMESRV_CLOSED"
  | "NAMESRV_UNAVAILABLE"
  | "NAMESRV_PARTIAL_WRITE"
  | "NAMESRV_FRAME_TOO_LARGE"
  | "NAMESRV_MALFORMED_FRAME"
  | "NAMESRV_MALFORMED_BODY"
  | "NAMESRV_RESPONSE"
  | "NAMESRV_TOPIC_NOT_FOUND"
  | "NAMESRV_SYSTEM_BUSY"
  | "NAMESRV_UNSUPPORTED_REQUEST"
  | "NAMESRV_SYNC_UNAVAILABLE"
  | "NAMESRV_WORKER_DIED";

/** What every {@link NameServerError} carries beside its message. */
export interface NameServerErrorInit {
  /** What went wrong. */
  readonly code: NameServerErrorCode;
  /** Whether the same call may succeed when repeated. @default {by the code} */
  readonly retryable?: boolean | undefined;
  /** Server concerned, `host:port`. */
  readonly address?: string | undefined;
  /** The method of the client that failed. */
  readonly operation?: string | undefined;
  /** The error underneath. */
  readonly cause?: unknown;
}

const RETRYABLE: ReadonlySet<NameServerErrorCode> = new Set<NameServerErrorCode>([
  "NAMESRV_CONNECT",
  "NAMESRV_CONNECT_TIMEOUT",
  "NAMESRV_CONNECTION_LOST",
  "NAMESRV_TIMEOUT",
  "NAMESRV_UNAVAILABLE",
  "NAMESRV_SYSTEM_BUSY",
  "NAMESRV_WORKER_DIED",
]);

/** Each class leaves its name on its prototype under this key, which two copies of the package share. */
const KIND: unique symbol = Symbol.for("@rmq/nameserver.error") as never;

function brand(errorClass: { readonly prototype: object }, kind: string): void {
  Object.defineProperty(errorClass.prototype, KIND, { value: kind });
  Object.defineProperty(errorClass.prototype, "name", { value: kind, configurable: true, writable: true });
}

/**
 * The root of all errors of this package.
 *
 * @example Tell failures apart by their code
 * ```ts
 * import { NameServerError } from "@rmq/nameserver";
 * import { assertEquals } from "@std/assert";
 *
 * const error: unknown = new NameServerError("Cannot dial", { code: "NAMESRV_CONNECT", address: "10.0.0.1:9876" });
 * if (error instanceof NameServerError) assertEquals([error.code, error.retryable], ["NAMESRV_CONNECT", true]);
 * ```
 */
export class NameServerError extends Error {
  static {
    brand(this, "NameServerError");
  }
  /** What went wrong, for programs. */
  readonly code: NameServerErrorCode;
  /** Whether the same call may succeed when repeated. */
  readonly retryable: boolean;
  /** Server concerned, `host:port`. */
  declare readonly address?: string;
  /** The method of the client that failed, as in `NameServerApi`. */
  declare readonly operation?: string;

  /** Makes an error; absent fields are left out. */
  constructor(message: string, init: NameServerErrorInit) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.code = init.code;
    this.retryable = init.retryable ?? RETRYABLE.has(init.code);
    withContext(this, init);
  }

  /** True for errors of another copy of the package, too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    // A class derived by a user has no kind of its own: there the language's own rule is right.
    if (!Object.hasOwn(this.prototype, KIND)) return Function.prototype[Symbol.hasInstance].call(this, value);
    const kind = (this.prototype as unknown as Kinded)[KIND];
    for (let p: unknown = value; typeof p === "object" && p !== null; p = Object.getPrototypeOf(p)) {
      if (Object.hasOwn(p, KIND) && (p as Kinded)[KIND] === kind) return true;
    }
    return false;
  }

  /** The fields that help to find a fault, and no secret. */
  toJSON(): Readonly<Record<string, unknown>> {
    const json: Record<string, unknown> = { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) };
    if (this.cause !== undefined) json["cause"] = describeCause(this.cause);
    return json;
  }
}

interface Kinded {
  readonly [KIND]?: string;
}

/** Names the server and the operation on an error that does not know them yet, and gives the error back. */
export function withContext<E extends NameServerError>(
  error: E,
  context: { readonly address?: string | undefined; readonly operation?: string | undefined },
): E {
  for (const key of ["address", "operation"] as const) {
    const value = context[key];
    if (value !== undefined && error[key] === undefined) {
      Object.defineProperty(error, key, { value, enumerable: true, configurable: true });
    }
  }
  return error;
}

/** The same error for another call: a failed connection fails many, and each names its own operation. */
export function forOperation(error: NameServerError, operation: string | undefined): NameServerError {
  if (operation === undefined) return error;
  const ErrorClass = error.constructor as new (message: string, init: NameServerErrorInit) => NameServerError;
  return new ErrorClass(error.message, { ...error, cause: error.cause, operation });
}

function describeCause(cause: unknown): unknown {
  if (cause instanceof NameServerError) return cause.toJSON();
  if (!(cause instanceof Error)) return text(cause);
  const { name, message, code } = cause as Error & { readonly code?: unknown };
  return { name, message, ...(typeof code === "string" && { code }) };
}

function text(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value); // an object without toString
  }
}

/** A server could not be dialled, or its connection was lost: `NAMESRV_CONNECT`, `_CONNECT_TIMEOUT`, `_CONNECTION_LOST`, `_TLS`. */
export class NameServerConnectionError extends NameServerError {
  static {
    brand(this, "NameServerConnectionError");
  }
}

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

/** The peer sent bytes that are no RocketMQ frame: `NAMESRV_MALFORMED_FRAME`, `_FRAME_TOO_LARGE`, `_WRONG_PROTOCOL`, `_TLS`. */
export class NameServerProtocolError extends NameServerError {
  static {
    brand(this, "NameServerProtocolError");
  }
}

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
