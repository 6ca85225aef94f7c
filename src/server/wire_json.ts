import type { Emulation } from "./emulation.ts";

/** What a server writes. Maps are Java's, with keys of text or long; objects are beans, whose keys stand in alphabetical order already. */
export type WireValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | undefined
  | readonly WireValue[]
  | ReadonlyMap<string | bigint | null, WireValue>
  | { readonly [key: string]: WireValue };

/** How the server's JSON library writes. */
export interface WireStyle {
  readonly json: Emulation["json"];
  /** `legacy`: integer keys stand bare. `standard`: all keys in quotes, maps sorted, longs that JavaScript would spoil in quotes. */
  readonly form: "legacy" | "standard";
}

/** Writes the value as fastjson does: no white space, and no member whose value is null. */
export function writeWireJson(value: WireValue, style: WireStyle): string {
  switch (typeof value) {
    case "string":
      return quoteWireText(value, style);
    case "bigint":
      return style.form === "standard" && (value > MAX_EXACT || value < -MAX_EXACT) ? `"${value}"` : `${value}`;
    case "object":
      return value === null ? "null" : writeObject(value, style);
    default:
      return String(value ?? null);
  }
}

const MAX_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

function writeObject(value: object, style: WireStyle): string {
  if (Array.isArray(value)) return `[${value.map((element) => writeWireJson(element, style)).join()}]`;
  const members = value instanceof Map ? mapMembers(value, style) : Object.entries(value);
  const written = members.flatMap(([key, member]) => {
    if (member === null || member === undefined) return [];
    return `${writeKey(key, style)}:${writeWireJson(member, style)}`;
  });
  return `{${written.join()}}`;
}

function mapMembers(
  map: ReadonlyMap<string | bigint | null, WireValue>,
  { form }: WireStyle,
): (readonly [string | bigint | null, WireValue])[] {
  const members = [...map];
  return form === "legacy" ? members : members.sort(([a], [b]) => (a ?? "") < (b ?? "") ? -1 : 1);
}

function writeKey(key: string | bigint | null, style: WireStyle): string {
  if (typeof key === "string") return quoteWireText(key, style);
  return style.form === "legacy" ? `${key}` : `"${key}"`;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/**
 * Text in quotes. fastjson escapes DEL, C1 controls and the line separators, and in standard form the slash and all that is not ASCII, with
 * capital digits; fastjson2 nothing of these, with small digits.
 */
export function quoteWireText(text: string, { json, form }: WireStyle): string {
  const isFirst = json === "fastjson1";
  const pattern = !isFirst ? ESCAPED_2 : form === "legacy" ? ESCAPED_1 : ESCAPED_1_STANDARD;
  return `"${text.replace(pattern, (char) => SHORT[char] ?? unicode(char, isFirst))}"`;
}

function unicode(char: string, capital: boolean): string {
  const digits = char.charCodeAt(0).toString(16).padStart(4, "0");
  return `\\u${capital ? digits.toUpperCase() : digits}`;
}

// deno-lint-ignore no-control-regex
const ESCAPED_2 = /["\\\x00-\x1f]/g;
// deno-lint-ignore no-control-regex
const ESCAPED_1 = /["\\\x00-\x1f\x7f-\x9f\u2028\u2029]/g;
// deno-lint-ignore no-control-regex
const ESCAPED_1_STANDARD = /["\\/\x00-\x1f\x7f-\uffff]/g;
