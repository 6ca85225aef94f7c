import { type CommandDraft, NO_BODY, NO_FIELDS } from "./command.ts";

// The header of most answers, byte for byte; what stands between its parts are integers:
const PARTS = ['{"code":', ',"flag":1,"language":"JAVA","opaque":', ',"serializeTypeCurrentRPC":"JSON","version":', "}"].map((text) =>
  new TextEncoder().encode(text)
) as unknown as readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

/**
 * Reads the header that Java servers give an answer without arguments and remark, straight from its bytes; `undefined` for any other header,
 * which is then read as JSON.
 */
export function readUsualAnswerHeader(frame: Uint8Array, start: number, end: number): CommandDraft | undefined {
  const cursor: Cursor = { bytes: frame, at: start };
  const code = part(cursor, PARTS[0]) ? integer(cursor) : undefined;
  const opaque = code !== undefined && part(cursor, PARTS[1]) ? integer(cursor) : undefined;
  const version = opaque !== undefined && part(cursor, PARTS[2]) ? integer(cursor) : undefined;
  if (version === undefined || !part(cursor, PARTS[3]) || cursor.at !== end) return undefined;
  return { code: code!, language: "JAVA", version, opaque: opaque!, flag: 1, extFields: NO_FIELDS, body: NO_BODY };
}

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

function part(cursor: Cursor, expected: Uint8Array): boolean {
  const { bytes, at } = cursor;
  if (at + expected.length > bytes.length) return false;
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return false;
  cursor.at = at + expected.length;
  return true;
}

/** At most nine digits: no need to think of overflow; longer ones are for the reader of JSON. */
function integer(cursor: Cursor): number | undefined {
  const { bytes } = cursor;
  const start = cursor.at;
  let value = 0, at = start;
  for (let digit = bytes[at]! - 0x30; digit >= 0 && digit <= 9; digit = bytes[++at]! - 0x30) value = value * 10 + digit;
  const digits = at - start;
  if (digits === 0 || digits > 9 || (digits > 1 && bytes[start] === 0x30)) return undefined;
  cursor.at = at;
  return value;
}
