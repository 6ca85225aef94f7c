import { JsonReader } from "../protocol/json_reader.ts";

/**
 * The one value that a body holds. Keys of maps may be a bare `null`: whoever registers a broker without its name or cluster, which 4.9.7
 * takes, has the server write some.
 *
 * @throws {NameServerDataParseError} If the body is not UTF-8, not JSON, or not what `read` expects.
 */
export function parseBody<T>(body: Uint8Array, read: (reader: JsonReader) => T): T {
  const reader = new JsonReader(body, { nullKeys: true });
  const value = read(reader);
  reader.end();
  return value;
}
