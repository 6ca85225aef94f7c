/** A string literal that was read, or what is wrong with it. */
export interface JsonString {
  /** The text it stands for. */
  readonly value: string;
  /** Index behind its closing quote, or of what is wrong. */
  readonly end: number;
  /** What was expected instead. */
  readonly problem?: string;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const HEX4 = /^[0-9a-fA-F]{4}$/;

/**
 * Reads the rest of a string literal that has escapes. Lone surrogates are kept, as `JSON.parse` does.
 *
 * @param start Index of the literal's first character.
 * @param from Index of its first unusual character; those before are taken as they are.
 */
export function unescape(text: string, start: number, from: number): JsonString {
  let value = text.substring(start, from);
  for (let at = from;;) {
    const char = text[at];
    if (char === '"') return { value, end: at + 1 };
    if (char === undefined) return { value, end: at, problem: 'a closing "' };
    if (char < " ") return { value, end: at, problem: "no control character in a string" };
    if (char !== "\\") {
      const run = plainRun(text, at);
      value += text.substring(at, run);
      at = run;
    } else if (text[at + 1] === "u") {
      const hex = text.substring(at + 2, at + 6);
      if (!HEX4.test(hex)) return { value, end: at, problem: "four hexadecimal digits behind \\u" };
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += 6;
    } else {
      const escaped = Object.hasOwn(ESCAPES, text[at + 1] ?? "") ? ESCAPES[text[at + 1]!] : undefined;
      if (escaped === undefined) return { value, end: at, problem: "an escape of JSON" };
      value += escaped;
      at += 2;
    }
  }
}

function plainRun(text: string, from: number): number {
  let at = from;
  for (let char = text.charCodeAt(at); char >= 0x20 && char !== 0x22 && char !== 0x5c; char = text.charCodeAt(++at));
  return at;
}
