import { formatJson } from "../protocol/format_json.ts";
import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { parseBody } from "./parse_body.ts";
import { requireLong, requireObject } from "./shape.ts";

/** Which edition of its topics a broker registered. Java longs: bigints beyond ±(2^53 − 1). */
export interface DataVersion {
  /** Grows when the broker's role changes; 0 from 4.x servers, which leave it out. */
  readonly stateVersion: number | bigint;
  /** When the topics last changed, in milliseconds since the epoch by the broker's clock. */
  readonly timestamp: number | bigint;
  /** Changes so far. */
  readonly counter: number | bigint;
}

/** What a server says of a broker's topics (QUERY_DATA_VERSION, 322). */
export interface DataVersionReply {
  /** Whether the server's edition differs from the one that was asked about; `true` where it knows no such broker. */
  readonly changed: boolean;
  /** The server's edition; absent where it knows no such broker. */
  readonly version?: DataVersion;
}

// In the order in which servers write them; 4.x has no stateVersion — remoting/protocol/DataVersion.java
const FIELDS = jsonFields("counter", "stateVersion", "timestamp");

/** Reads a DataVersion body. Absent numbers are 0. @throws {NameServerDataParseError} If it is no such body. */
export function parseDataVersion(body: Uint8Array): DataVersion {
  return parseBody(body, readDataVersion);
}

/** Reads a DataVersion; absent numbers are 0. @throws {NameServerDataParseError} If a field is of another type. */
export function readDataVersion(reader: JsonReader): DataVersion {
  const version: { -readonly [K in keyof DataVersion]: DataVersion[K] } = { stateVersion: 0, timestamp: 0, counter: 0 };
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    switch (key) {
      case "counter":
      case "stateVersion":
      case "timestamp":
        version[key] = reader.long();
        break;
      default:
        readAny(reader);
    }
  }
  return version;
}

/** A DataVersion as JSON. @throws {TypeError} If a field is no number. @throws {RangeError} If it is no integer of 64 bits. */
export function formatDataVersion(version: DataVersion): string {
  return formatJson(requireDataVersion("version", version));
}

/**
 * The version itself, with its fields and no others.
 *
 * @param at Named in messages: where it stands.
 * @throws As {@link formatDataVersion}.
 */
export function requireDataVersion(at: string, version: DataVersion): DataVersion {
  requireObject(at, version);
  return {
    counter: requireLong(`${at}.counter`, version.counter),
    stateVersion: requireLong(`${at}.stateVersion`, version.stateVersion),
    timestamp: requireLong(`${at}.timestamp`, version.timestamp),
  };
}
