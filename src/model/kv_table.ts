import { jsonFields } from "../protocol/json_fields.ts";
import type { JsonReader } from "../protocol/json_reader.ts";
import { readAny } from "../protocol/lenient_json.ts";
import { parseBody } from "./parse_body.ts";

/** The place of a value in the key-value store of a NameServer. */
export interface KvKey {
  /** The namespace: `"ORDER_TOPIC_CONFIG"` holds the queues of ordered topics. */
  readonly namespace: string;
  /** The key in it. */
  readonly key: string;
}

/** A value and its place. */
export interface KvEntry extends KvKey {
  /** The value. A server that is sent `""` in a binary header stores no value; in a JSON header it stores `""`. */
  readonly value: string;
}

const FIELDS = jsonFields("table");

/**
 * Reads a KVTable body: values by key, in a record without prototype; `null` values are left out, an absent table is empty.
 *
 * @throws {NameServerDataParseError} If it is no such body.
 */
export function parseKvTable(body: Uint8Array): Readonly<Record<string, string>> {
  return parseBody(body, readKvTable);
}

function readKvTable(reader: JsonReader): Readonly<Record<string, string>> {
  let table: Record<string, string> = Object.create(null);
  for (let i = 0, key = reader.key(FIELDS, i); key !== undefined; key = reader.key(FIELDS, ++i)) {
    if (key === "table") table = reader.stringRecord();
    else readAny(reader);
  }
  return table;
}
