import { NameServerDataParseError } from "../errors.ts";
import { charCodes } from "./char_codes.ts";
import { pointerAt } from "./json_pointer.ts";
import { unescape } from "./json_string.ts";
import { decodeUtf8 } from "./utf8.ts";

const TAB = 0x09, LINE_FEED = 0x0a, RETURN = 0x0d, SPACE = 0x20, QUOTE = 0x22, MINUS = 0x2d, DOT = 0x2e;
const ZERO = 0x30, NINE = 0x39, UPPER_E = 0x45, BACKSLASH = 0x5c, LOWER_E = 0x65;

/** Longest integer literal that is read; longer ones could keep a thread busy, and a Java long has 19 digits. */
const MAX_DIGITS = 1024;

/**
 * The values of a JSON text (RFC 8259) that hold no others. Each method reads the one at {@link JsonScanner.at} and throws
 * {@link NameServerDataParseError}, with a JSON pointer, if it finds another.
 */
export class JsonScanner {
  /** The whole text. */
  readonly text: string;
  /** The codes of its characters, 255 beyond ASCII: what the reader looks at; the text is for taking strings out of it. */
  readonly codes: Uint8Array;
  /** Index of the next character. */
  at = 0;

  /** Starts at the first value. Bytes are not copied where they are ASCII. @throws {NameServerDataParseError} If bytes are not UTF-8. */
  constructor(json: Uint8Array | string) {
    this.text = typeof json === "string" ? json : decodeUtf8(json);
    // As many characters as bytes: all of them are ASCII, and each byte is its character's code.
    this.codes = typeof json !== "string" && json.length === this.text.length ? json : charCodes(this.text);
    this.skipSpace();
  }

  /** A string. */
  string(): string {
    const codes = this.codes, start = this.at + 1;
    if (codes[this.at] !== QUOTE) this.fail("a string");
    let end = start;
    for (let code = codes[end]!; code !== QUOTE; code = codes[++end]!) {
      if (code === BACKSLASH || !(code >= SPACE)) return this.#unusualString(end);
    }
    this.at = end + 1;
    return this.text.substring(start, end);
  }

  /** An integer of 32 bits. */
  int(): number {
    const start = this.at;
    const value = this.integer();
    if (typeof value !== "number" || value !== (value | 0)) this.fail("an integer of 32 bits", start);
    return value;
  }

  /** A Java long: a number, or a bigint beyond ±(2^53 − 1); standard JSON of 5.x servers puts large ones in quotes. */
  long(): number | bigint {
    const start = this.at;
    const quoted = this.codes[start] === QUOTE;
    if (quoted) this.at++;
    const value = this.integer();
    if (quoted && this.codes[this.at++] !== QUOTE) this.fail("an integer in quotes", start);
    if (typeof value === "bigint" && BigInt.asIntN(64, value) !== value) this.fail("an integer of 64 bits", start);
    return value;
  }

  /** An integer literal of any size; a bigint beyond ±(2^53 − 1). */
  integer(): number | bigint {
    const codes = this.codes, start = this.at;
    const first = codes[start] === MINUS ? start + 1 : start;
    let end = first, value = 0;
    for (let code = codes[end]!; code >= ZERO && code <= NINE; code = codes[++end]!) value = value * 10 + (code - ZERO);
    const digits = end - first;
    if (digits === 0 || (digits > 1 && codes[first] === ZERO) || isFractionOrExponent(codes[end])) this.fail("an integer");
    if (digits > MAX_DIGITS) this.fail(`an integer of at most ${MAX_DIGITS} digits`);
    this.at = end;
    if (value > Number.MAX_SAFE_INTEGER) return BigInt(this.text.substring(start, end));
    return first > start && value !== 0 ? -value : value;
  }

  /** `true` or `false`. */
  boolean(): boolean {
    if (this.literal("false")) return false;
    if (this.literal("true")) return true;
    this.fail("true or false");
  }

  /** Whether the next value is this literal, which is then read. */
  literal(word: string): boolean {
    for (let i = 0; i < word.length; i++) if (this.codes[this.at + i] !== word.charCodeAt(i)) return false;
    this.at += word.length;
    return true;
  }

  /** The text must end here. */
  end(): void {
    this.skipSpace();
    if (this.at !== this.text.length) this.fail("the end");
  }

  /** Passes over white space; gives the code of the character behind it, `undefined` at the end. */
  skipSpace(): number | undefined {
    let code = this.codes[this.at];
    while (code === SPACE || code === LINE_FEED || code === RETURN || code === TAB) code = this.codes[++this.at];
    return code;
  }

  /** Says what was expected, what was found and where. */
  fail(expected: string, at: number = this.at): never {
    const path = pointerAt(this.text, at);
    const found = at >= this.text.length ? "the end" : JSON.stringify(this.text.substring(at, at + 24));
    const place = path === "" ? "" : ` at ${path}`;
    throw new NameServerDataParseError(`Cannot parse JSON${place}: expected ${expected}, found ${found} (character ${at})`, { path });
  }

  #unusualString(from: number): string {
    const { value, end, problem } = unescape(this.text, this.at + 1, from);
    if (problem !== undefined) this.fail(problem, end);
    this.at = end;
    return value;
  }
}

function isFractionOrExponent(code: number | undefined): boolean {
  return code === DOT || code === LOWER_E || code === UPPER_E;
}
