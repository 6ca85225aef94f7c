import type { ByteWriter } from "./byte_writer.ts";

const SPACE = 0x20, QUOTE = 0x22, BACKSLASH = 0x5c, TILDE = 0x7e;

/**
 * Appends a text as a JSON string. Names of topics and the like rarely have anything to escape, and looking is cheaper than `JSON.stringify`,
 * which is left to do the rest.
 */
export function writeJsonString(text: string, writer: ByteWriter): void {
  if (!isPlain(text)) {
    writer.utf8(JSON.stringify(text));
    return;
  }
  writer.u8(QUOTE);
  writer.utf8(text);
  writer.u8(QUOTE);
}

function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < SPACE || unit > TILDE || unit === QUOTE || unit === BACKSLASH) return false;
  }
  return true;
}
