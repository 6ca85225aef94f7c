/**
 * Checks of what a caller gives, before anything is sent. Each gives the value back; `what` names it in the message.
 *
 * @module
 */

/** Text, which may be empty. @throws {TypeError} If it is no string. */
export function requireText(what: string, value: string): string {
  return typeof value === "string" ? value : wrongKind(what, "a string", value);
}

/** Text that is not empty. @throws {TypeError} If it is no string, or empty. */
export function requireName(what: string, value: string): string {
  if (requireText(what, value) === "") throw new TypeError(`Cannot send request: ${what} must not be empty`);
  return value;
}

/** `true` or `false`. @throws {TypeError} If it is neither. */
export function requireBoolean(what: string, value: boolean): boolean {
  return typeof value === "boolean" ? value : wrongKind(what, "true or false", value);
}

/** A Java int. @throws {TypeError} If it is no number. @throws {RangeError} If it is no integer of 32 bits. */
export function requireInt(what: string, value: number): number {
  if (typeof value !== "number") wrongKind(what, "a number", value);
  return value === (value | 0) ? value : outOfRange(what, "an integer of 32 bits", value);
}

/**
 * A Java long.
 *
 * @throws {TypeError} If it is neither a number nor a bigint.
 * @throws {RangeError} If it is no integer of 64 bits, or a number beyond ±(2^53 − 1), which may already have lost digits.
 */
export function requireLong(what: string, value: number | bigint): number | bigint {
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? value : outOfRange(what, "an integer of 64 bits", value);
  if (typeof value !== "number") wrongKind(what, "a number or a bigint", value);
  return Number.isSafeInteger(value) ? value : outOfRange(what, "an integer, and a bigint beyond ±(2^53 − 1)", value);
}

/** A Java long of milliseconds, 1 at least. @throws As {@link requireLong}, and {RangeError} If it is less than 1. */
export function requireDuration(what: string, value: number): number {
  return requireLong(what, value) >= 1 ? value : outOfRange(what, "1 at least", value);
}

/** An object, and no array. @throws {TypeError} If it is none. */
export function requireObject<T extends object>(what: string, value: T): T {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : wrongKind(what, "an object", value);
}

/** An array. @throws {TypeError} If it is none. */
export function requireList<T>(what: string, value: readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : wrongKind(what, "an array", value);
}

/** What a value is, for messages: `null` and `array` beside what `typeof` says. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function wrongKind(what: string, expected: string, value: unknown): never {
  throw new TypeError(`Cannot send request: ${what} must be ${expected}, not ${kindOf(value)}`);
}

function outOfRange(what: string, expected: string, value: number | bigint): never {
  throw new RangeError(`Cannot send request: ${what} must be ${expected}, not ${value}`);
}
