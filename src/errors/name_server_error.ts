import { brand, KIND, type Kinded } from "./brand.ts";
import { type NameServerErrorCode, RETRYABLE } from "./error_code.ts";

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
