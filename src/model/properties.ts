import { NameServerDataParseError } from "../errors.ts";

/**
 * Reads text in the format of `java.util.Properties`: lines of `key=value`, `key:value` or `key value`; comments behind `#` and `!`; a
 * backslash at a line's end continues it; `\uXXXX`, `\t`, `\n`, `\r`, `\f`, and a backslash before any other character for the character
 * itself.
 *
 * @returns Values by key, the last of equal keys, in a record without prototype.
 * @throws {NameServerDataParseError} If four hexadecimal digits do not follow `\u`.
 */
export function parseProperties(text: string): Readonly<Record<string, string>> {
  const values: Record<string, string> = Object.create(null);
  for (const line of logicalLines(text)) {
    const end = keyEnd(line);
    const value = line.slice(end).replace(SEPARATOR, "");
    values[unescape(line.slice(0, end))] = unescape(value);
  }
  return values;
}

const SEPARATOR = /^[ \t\f]*[=:]?[ \t\f]*/;

/** Lines that hold a key, joined where one is continued. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let start = "", isContinued = false;
  for (const naturalLine of text.replace(/[\r\n]$/, "").split(/\r\n?|\n/)) {
    const line = naturalLine.replace(/^[ \t\f]+/, "");
    if (start === "" && (line === "" || line.startsWith("#") || line.startsWith("!"))) {
      isContinued = false;
      continue;
    }
    isContinued = endsWithBackslash(line);
    start += isContinued ? line.slice(0, -1) : line;
    if (!isContinued) {
      lines.push(start);
      start = "";
    }
  }
  if (isContinued) lines.push(start);
  return lines;
}

/** Whether the last backslash escapes the line's end, and is not itself escaped. */
function endsWithBackslash(line: string): boolean {
  let backslashes = 0;
  while (line.at(-1 - backslashes) === "\\") backslashes++;
  return backslashes % 2 === 1;
}

function keyEnd(line: string): number {
  let at = 0;
  while (at < line.length && !"=: \t\f".includes(line[at]!)) at += line[at] === "\\" ? 2 : 1;
  return Math.min(at, line.length);
}

const UNESCAPED: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", f: "\f" };

function unescape(text: string): string {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|[^])/g, (_, escape: string) => {
    if (escape.length > 1) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (escape !== "u") return UNESCAPED[escape] ?? escape;
    throw new NameServerDataParseError(`Cannot parse properties: four hexadecimal digits must follow \\u in ${JSON.stringify(text)}`, {
      path: "",
    });
  });
}

/**
 * Text that `java.util.Properties` reads back exactly, one line an entry, in ASCII: what it would write itself, but for the order and the
 * comment with the date.
 */
export function formatProperties(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([key, value]) => `${escape(key).replaceAll(" ", "\\ ")}=${escape(value).replace(/^ /, "\\ ")}\n`).join(
    "",
  );
}

const ESCAPED: Readonly<Record<string, string>> = { "\t": "t", "\n": "n", "\r": "r", "\f": "f" };

function escape(text: string): string {
  return text.replace(/[^ -~]|[\\=:#!]/g, (char) => `\\${ESCAPED[char] ?? (char > "~" || char < " " ? unicode(char) : char)}`);
}

function unicode(char: string): string {
  return `u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
