import { charCodes } from "./char_codes.ts";

/** The names of an object's fields, in the order in which servers write them. */
export interface JsonFields<Name extends string = string> {
  /** The names; at the same index of `openings`: its opening. */
  readonly names: readonly Name[];
  /** What stands before a field's value when it comes at its index: `{"code":` for the first, `,"flag":` for others, as {@link charCodes}. */
  readonly openings: readonly Uint8Array[];
}

/** Prepares names for {@link JsonReader.key}. Only ASCII names. */
export function jsonFields<const Name extends string>(...names: readonly Name[]): JsonFields<Name> {
  return { names, openings: names.map((name, i) => charCodes(`${i === 0 ? "{" : ","}"${name}":`)) };
}
