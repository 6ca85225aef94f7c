import { NameServerDataParseError } from "../errors.ts";

// A byte order mark is kept, and then no JSON: servers write none.
const DECODER = new TextDecoder("utf-8", { ignoreBOM: true });
const STRICT_DECODER = new TextDecoder("utf-8", { ignoreBOM: true, fatal: true });

/** The bytes as text. @throws {NameServerDataParseError} If they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string {
  // Deno's strict decoder takes six times as long. Both give the same text, but for U+FFFD where bytes are no text.
  const text = DECODER.decode(bytes);
  if (!text.includes("\ufffd")) return text;
  try {
    return STRICT_DECODER.decode(bytes);
  } catch (cause) {
    throw new NameServerDataParseError(`Cannot parse body: its ${bytes.length} bytes are not UTF-8`, { path: "", cause });
  }
}

const ENCODER = new TextEncoder();

/** The text in UTF-8; lone surrogates become U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}
