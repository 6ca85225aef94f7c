/**
 * Checks of what options are, for callers whose types nobody checks: before anything is sent. Each gives the value back.
 *
 * @module
 */

import { kindOf } from "../model/shape.ts";

/** Options. @throws {TypeError} If they are no object. */
export function checkOptions<T extends object>(options: T): T {
  if (typeof options === "object" && options !== null) return options;
  const advice = typeof options === "number" ? `; a port stands behind its host, "host:port"` : "";
  throw new TypeError(`Cannot use options: they must be an object, not ${kindOf(options)}${advice}`);
}

/** A number, in whatever range. @throws {TypeError} If it is none. */
export function checkNumber(name: string, value: number): number {
  return typeof value === "number" ? value : wrongKind(name, "a number", value);
}

/** A function, or nothing. @throws {TypeError} If it is neither. */
export function checkFunction<F>(name: string, value: F): F {
  return value === undefined || typeof value === "function" ? value : wrongKind(name, "a function", value);
}

/** An object with these methods. @throws {TypeError} If one is missing. */
export function checkMethods<T extends object>(name: string, value: T, methods: readonly (keyof T & string)[]): T {
  if (methods.every((method) => typeof value?.[method] === "function")) return value;
  throw new TypeError(`Cannot use ${name}: it must be an object with ${methods.map((method) => `${method}()`).join(" and ")}`);
}

/** Refuses a value of another kind. @throws {TypeError} Always. */
export function wrongKind(name: string, expected: string, value: unknown): never {
  throw new TypeError(`Cannot use ${name}: it must be ${expected}, not ${kindOf(value)}`);
}
