import { NameServerDataParseError } from "../errors.ts";
import type { JsonFields } from "./json_fields.ts";
import { pointerAt } from "./json_pointer.ts";
import { JsonScanner } from "./json_scanner.ts";

const SPACE = 0x20, QUOTE = 0x22, COMMA = 0x2c, MINUS = 0x2d, ZERO = 0x30, NINE = 0x39, COLON = 0x3a;
const OPEN_BRACKET = 0x5b, CLOSE_BRACKET = 0x5d, LOWER_N = 0x6e, OPEN_BRACE = 0x7b, CLOSE_BRACE = 0x7d;

/** How a {@link JsonReader} reads. */
export interface JsonReaderOptions {
  /** Whether keys that are data may be bare integers. @default {true} */
  readonly bareKeys?: boolean;
  /** Whether such a key may be a bare `null`, which fastjson 1 writes where a map has one; its member is left out. @default {false} */
  readonly nullKeys?: boolean;
}

/**
 * Reads JSON from left to right, straight into typed values: one pass, no tree in between. The JSON is RFC 8259; where keys are data
 * ({@link JsonReader.record}) they may also be bare integers, as fastjson writes the keys of a `Map<Long, …>`: `{0:"10.0.0.1:10911"}`.
 */
export class JsonReader extends JsonScanner {
  readonly #bareKeys: boolean;
  readonly #nullKeys: boolean;

  /** Starts at the first value. @throws {NameServerDataParseError} If bytes are not UTF-8. */
  constructor(json: Uint8Array | string, options: JsonReaderOptions = {}) {
    super(json);
    this.#bareKeys = options.bareKeys ?? true;
    this.#nullKeys = options.nullKeys ?? false;
  }

  /**
   * Reads the next key of an object and its colon, so that the value can be read; `undefined` at the object's end. A member whose value is
   * `null` is passed over: on this wire null and absent are the same.
   *
   * @param fields Names in the order in which servers write them: where a text keeps that order, a key costs one comparison.
   * @param index How many keys of this object were read before.
   */
  key(fields: JsonFields, index: number): string | undefined {
    const opening = fields.openings[index];
    if (opening !== undefined) {
      const end = this.at + opening.length;
      const next = this.codes[end]!;
      if (next > SPACE && next !== LOWER_N && this.#endsWith(opening, end)) {
        this.at = end;
        return fields.names[index];
      }
    }
    if (index > 0 && this.codes[this.at] === CLOSE_BRACE) {
      this.at++;
      return undefined;
    }
    return this.#anyKey(fields, index === 0);
  }

  /** An array, whose elements are read by `element`; those for which it gives `undefined` are left out. */
  list<T>(element: (reader: this) => T | undefined): T[] {
    if (!this.#enter(OPEN_BRACKET, CLOSE_BRACKET, "an array")) return [];
    let values: T[] | undefined;
    do {
      const value = element(this);
      if (value === undefined) continue;
      if (values === undefined) values = [value]; // an empty one would get room for seventeen with its first element, in V8
      else values.push(value);
    } while (this.#next(CLOSE_BRACKET));
    return values ?? [];
  }

  /** An array of strings; `null` is left out. */
  strings(): string[] {
    return this.list((reader) => reader.literal("null") ? undefined : reader.string());
  }

  /**
   * An object whose keys are data, quoted or bare integers, kept as text; the last of equal keys wins. The record has no prototype, so that
   * `__proto__` and `constructor` are keys like others. A member is left out where `value` gives `undefined`.
   */
  record<T>(value: (reader: this) => T | undefined): Record<string, T> {
    const values: Record<string, T> = Object.create(null);
    for (let more = this.#enter(OPEN_BRACE, CLOSE_BRACE, "an object"); more; more = this.#next(CLOSE_BRACE)) {
      const key = this.#dataKey();
      const member = value(this);
      if (key === undefined) continue;
      if (member === undefined) delete values[key];
      else values[key] = member;
    }
    return values;
  }

  /** A {@link JsonReader.record} of strings; `null` is left out. */
  stringRecord(): Record<string, string> {
    let values: Record<string, string> | undefined;
    for (let more = this.#enter(OPEN_BRACE, CLOSE_BRACE, "an object"); more; more = this.#next(CLOSE_BRACE)) {
      const key = this.#dataKey();
      const value = this.literal("null") ? undefined : this.string();
      if (key === undefined) continue;
      if (value === undefined) {
        if (values !== undefined) delete values[key];
      } else if (values === undefined) {
        values = recordOf(key, value);
      } else {
        values[key] = value;
      }
    }
    return values ?? Object.create(null);
  }

  /** What `value` reads, or `undefined` for `null`. */
  nullable<T>(value: (reader: this) => T): T | undefined {
    return this.literal("null") ? undefined : value(this);
  }

  /** Says which field the object that starts at `start` lacks. */
  missing(field: string, start: number): never {
    const path = `${pointerAt(this.text, start)}/${field}`;
    throw new NameServerDataParseError(`Cannot parse JSON at ${path}: expected a value, found none`, { path });
  }

  /** Whether the characters before `end` are these. Backwards: names differ at their ends more often than at their beginnings. */
  #endsWith(expected: Uint8Array, end: number): boolean {
    const codes = this.codes, start = end - expected.length;
    for (let i = expected.length - 1; i >= 0; i--) if (codes[start + i] !== expected[i]) return false;
    return true;
  }

  #anyKey(fields: JsonFields, first: boolean): string | undefined {
    for (let isFirst = first;; isFirst = false) {
      const more = isFirst ? this.#enter(OPEN_BRACE, CLOSE_BRACE, "an object") : this.#next(CLOSE_BRACE);
      if (!more) return undefined;
      const key = this.string();
      this.#colon();
      // The very string of the fields, where it is one: engines compare it faster than an equal one.
      if (!this.literal("null")) return fields.names.find((name) => name === key) ?? key;
    }
  }

  /** A key, quoted or a bare integer, and the colon behind it; `undefined` for a bare `null`. */
  #dataKey(): string | undefined {
    const key = this.codes[this.at] === QUOTE ? this.string() : this.#nullKeys && this.literal("null") ? undefined : this.#bareKey();
    this.#colon();
    return key;
  }

  #colon(): void {
    if (this.skipSpace() !== COLON) this.fail('":"');
    this.at++;
    this.skipSpace();
  }

  /** Into an object or array: whether it has a first member. */
  #enter(open: number, close: number, expected: string): boolean {
    if (this.codes[this.at] !== open) this.fail(expected);
    this.at++;
    if (this.skipSpace() !== close) return true;
    this.at++;
    return false;
  }

  /** Behind a member: whether there is a further one. */
  #next(close: number): boolean {
    const code = this.skipSpace();
    if (code !== COMMA && code !== close) this.fail(close === CLOSE_BRACE ? '"," or "}"' : '"," or "]"');
    this.at++;
    if (code === close) return false;
    this.skipSpace();
    return true;
  }

  #bareKey(): string {
    const codes = this.codes, start = this.at;
    const first = codes[start] === MINUS ? start + 1 : start;
    let end = first;
    for (let code = codes[end]!; code >= ZERO && code <= NINE; code = codes[++end]!);
    if (end === first || !this.#bareKeys) this.fail("a key");
    this.at = end;
    return this.text.substring(start, end);
  }
}

/** Most tables of addresses start with id 0. V8 makes a literal several times faster than an empty record that then gets its first element. */
function recordOf(key: string, value: string): Record<string, string> {
  if (key === "0") return { __proto__: null, 0: value } as unknown as Record<string, string>;
  const values: Record<string, string> = Object.create(null);
  values[key] = value;
  return values;
}
