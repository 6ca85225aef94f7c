import type { Emulation } from "./emulation.ts";
import type { JsonNode } from "./json_node.ts";
import { UnreadableError } from "./unreadable_error.ts";

/** Deepest nesting that is read, so that no text can exhaust the stack. */
const MAX_DEPTH = 512;
const END = "";

// Sticky: each starts where the reader stands.
const NAME = /[A-Za-z_$][\w$]*/y;
const BARE_INTEGER = /-?\d+|null(?=\s*:)/y;
const NUMBER = /[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
const DOUBLE_QUOTED = /[^"\\]+/y;
const SINGLE_QUOTED = /[^'\\]+/y;
const HEX2 = /[0-9A-Fa-f]{2}/y;
const HEX4 = /[0-9A-Fa-f]{4}/y;
// deno-lint-ignore no-control-regex
const SPACE = /[\x00-\x20]+|\/\/[^\n]*|\/\*[^]*?\*\//y;

/** Whether there is a character that UTF-8 has four bytes for. */
const FOUR_BYTES = /[\u{10000}-\u{10FFFF}]/u;

/**
 * Reads text as leniently as the library of the emulated server, which is more than JSON and not JSON5 either. What both take: single quotes,
 * comments, `+` and leading zeros of numbers, a comma before `}`, any control character as white space, line breaks and `\v`, `\x41` in strings.
 *
 * - fastjson 1: bare names, commas anywhere between members and elements, `NaN` and `undefined` as null, a byte order mark.
 * - fastjson 2: members without a comma between them, `\u` before what is no hexadecimal number.
 */
export class FastjsonReader {
  readonly #text: string;
  readonly #isFirst: boolean;
  /** Whether keys may be bare integers, as those of a `Map<Long, …>`. */
  readonly #bareIntegers: boolean;
  #at = 0;

  constructor(text: string, json: Emulation["json"], options: { readonly bareIntegers?: boolean } = {}) {
    this.#isFirst = json === "fastjson1";
    this.#text = this.#isFirst && text.startsWith("\uFEFF") ? text.slice(1) : text;
    this.#bareIntegers = options.bareIntegers ?? false;
  }

  /** The one value of the text. @throws {UnreadableError} If the library would refuse it. */
  read(): JsonNode {
    this.#space();
    const node = this.#value(MAX_DEPTH);
    this.#space();
    if (this.#char() !== END) this.#fail("the end");
    return node;
  }

  #value(depth: number): JsonNode {
    if (depth === 0) this.#fail("less nesting");
    const char = this.#char();
    if (char === "{") return this.#object(depth - 1);
    if (char === "[") return this.#array(depth - 1);
    if (char === '"' || char === "'") return this.#string(char);
    return this.#number() ?? this.#word();
  }

  #object(depth: number): JsonNode {
    const members = new Map<string, JsonNode>();
    this.#at++;
    for (let isFirst = true;; isFirst = false) {
      if (!this.#more("}", isFirst)) return members;
      const key = this.#key();
      this.#space();
      if (this.#char() !== ":") this.#fail('":"');
      this.#at++;
      this.#space();
      if (this.#isFirst && key === "@type") this.#fail("no @type"); // what fastjson 1 says to a class it is not to make
      members.set(key, this.#value(depth));
    }
  }

  #array(depth: number): JsonNode {
    const elements: JsonNode[] = [];
    this.#at++;
    for (let isFirst = true;; isFirst = false) {
      if (!this.#more("]", isFirst)) return elements;
      elements.push(this.#value(depth));
    }
  }

  /** Passes over what stands before the next member; whether there is one. */
  #more(close: "}" | "]", isFirst: boolean): boolean {
    this.#space();
    let commas = 0;
    for (; this.#char() === ","; commas++) {
      this.#at++;
      this.#space();
    }
    const isEnd = this.#char() === close;
    if (this.#isFirst) {
      if (commas === 0 && !isFirst && !isEnd) this.#fail(`"," or "${close}"`);
    } else if (commas > (isFirst ? 0 : 1) || (isEnd && commas > 0 && close === "]")) {
      this.#fail("a value");
    }
    if (isEnd) this.#at++;
    return !isEnd;
  }

  #key(): string {
    const char = this.#char();
    if (char === '"' || char === "'") return this.#quotedKey(char);
    const name = (this.#isFirst ? this.#match(NAME) : undefined) ??
      (this.#bareIntegers ? this.#match(BARE_INTEGER) : undefined);
    return name ?? this.#fail("a key");
  }

  /** fastjson 2 gives up on a key that has both an escape and a character of four bytes — JSONReaderUTF8.getFieldName. */
  #quotedKey(quote: string): string {
    const start = this.#at;
    const key = this.#string(quote);
    if (this.#isFirst) return key;
    const written = this.#text.slice(start, this.#at);
    return written.includes("\\") && FOUR_BYTES.test(written) ? this.#fail("a key") : key;
  }

  #number(): JsonNode | undefined {
    const number = this.#match(NUMBER);
    return number === undefined ? undefined : { number: number.replace(/^\+/, "") };
  }

  #word(): JsonNode {
    const word = this.#match(WORD);
    if (word === "true" || word === "false") return word === "true";
    if (word === "null" || (this.#isFirst && (word === "NaN" || word === "undefined"))) return null;
    return this.#fail("a value");
  }

  #string(quote: string): string {
    let text = "";
    for (this.#at++;;) {
      text += this.#match(quote === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED) ?? "";
      const char = this.#char();
      if (char === END) this.#fail(`a closing ${quote}`);
      this.#at++;
      if (char === quote) return text;
      text += this.#escaped();
    }
  }

  #escaped(): string {
    const char = this.#char();
    this.#at++;
    if (Object.hasOwn(ESCAPES, char)) return ESCAPES[char]!;
    if (char === "x") return this.#hexadecimal(HEX2, 2);
    if (char === "u") return this.#hexadecimal(HEX4, 4);
    return this.#fail("an escape");
  }

  #hexadecimal(pattern: RegExp, length: number): string {
    const digits = this.#match(pattern);
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    if (this.#isFirst || this.#at + length > this.#text.length) this.#fail(`${length} hexadecimal digits`);
    this.#at += length;
    return "\uFFFD";
  }

  #space(): void {
    while (this.#match(SPACE) !== undefined);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #char(): string {
    return this.#text.charAt(this.#at);
  }

  #fail(expected: string): never {
    throw new UnreadableError(expected, this.#at);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  ...Object.fromEntries(Array.from({ length: 8 }, (_, code) => [String(code), String.fromCharCode(code)])),
};
