import { decodeUtf8, encodeUtf8 } from "../../protocol/utf8.ts";
import type { RouteAnswer } from "./kept_route.ts";

/** A route as a store has it. */
export interface StoredRoute {
  readonly topic: string;
  /** The server's answer, as received. */
  readonly body: Uint8Array;
  /** Who gave it. */
  readonly server: string;
  /** When, in milliseconds since the epoch. */
  readonly fetchedAt: number;
}

// One line, then the answer as received:
//   rmq-route/1 standard 1764155000000 10.0.0.1:9876 orders
//   {"brokerDatas":[…],…}
// No store takes that for JSON of its own, which it would parse.
const FORMAT = 1;
const HEAD = /^rmq-route\/(?<format>\d+) (?:(?:standard|fastjson) (?<fetchedAt>\d{1,15}) (?<server>\S+) (?<topic>\S+)\n)?/;

/** Where a topic's route is stored. Stores take `/`, `?` and `:` in keys for something else. @throws {URIError} If the topic is no Unicode. */
export function storeKey(topic: string): string {
  return `rmq:route:${encodeURIComponent(topic)}`;
}

/** Writes a route for a store. */
export function formatStoredRoute({ topic, body, server, fetchedAt }: StoredRoute): string {
  const text = decodeUtf8(body);
  const form = isStandardJson(text) ? "standard" : "fastjson";
  return `rmq-route/${FORMAT} ${form} ${Math.max(0, Math.round(fetchedAt))} ${server || "-"} ${encodeURIComponent(topic)}\n${text}`;
}

/** Reads what a store had under the topic's key. @throws {TypeError} If it is damaged, of another format, or of another topic. */
export function parseStoredRoute(topic: string, value: unknown): StoredRoute {
  if (typeof value !== "string") throw new TypeError(`it is ${typeof value}, not text`);
  const head = HEAD.exec(value);
  if (head === null) throw new TypeError("it is damaged: no route begins like this");
  const { format, fetchedAt, server = "", topic: name } = head.groups!;
  if (Number(format) !== FORMAT) throw new TypeError(`it is of format ${format}, not ${FORMAT}`);
  if (name !== encodeURIComponent(topic)) throw new TypeError("it is damaged, or of another topic");
  return { topic, server, fetchedAt: Number(fetchedAt), body: encodeUtf8(value.slice(head[0].length)) };
}

/** The answer, on this process's clock. */
export function answerOf({ body, server, fetchedAt }: StoredRoute, epochMs: number): RouteAnswer {
  return { body, server, ageMs: Math.max(0, epochMs - fetchedAt) };
}

function isStandardJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
