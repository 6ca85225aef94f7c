import { JsonReader } from "../protocol/json_reader.ts";

/** The one value that a body holds. @throws {NameServerDataParseError} If the body is not UTF-8, not JSON, or not what `read` expects. */
export function parseBody<T>(body: Uint8Array, read: (reader: JsonReader) => T): T {
  const reader = new JsonReader(body);
  const value = read(reader);
  reader.end();
  return value;
}
