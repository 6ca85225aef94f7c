/**
 * Checks of the names by which brokers know clients, before anything is sent. Each gives the name back.
 *
 * @module
 */

import { requireText } from "./shape.ts";

/** Longest name of a group — client/Validators.java */
export const MAX_GROUP_LENGTH = 255;
/** Longest name of a topic, but for those that brokers make of a group's — common/topic/TopicValidator.java */
export const MAX_TOPIC_LENGTH = 127;
/** Longest id of a client. Brokers know no limit; it keeps heartbeats small. */
export const MAX_CLIENT_ID_LENGTH = 255;

// ^[%|a-zA-Z0-9_-]+$ — common/topic/TopicValidator.java
const OUTSIDE_NAMES = /[^%|a-zA-Z0-9_-]/u;
const NAME_CHARACTERS = `letters, digits, "%", "|", "_" and "-"`;
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/u;
const OF_A_GROUP = /^%(?:RETRY|DLQ)%/;

/** The name of a group of producers or consumers. @throws {TypeError} If it is empty or has a character that brokers refuse. @throws {RangeError} If it is too long. */
export function requireGroup(group: string): string {
  return requireAllowed("group", requireLength("group", group, MAX_GROUP_LENGTH), OUTSIDE_NAMES, NAME_CHARACTERS);
}

/** The name of a topic. @throws As {@link requireGroup}. */
export function requireTopic(topic: string): string {
  const limit = OF_A_GROUP.test(requireText("topic", topic)) ? MAX_GROUP_LENGTH : MAX_TOPIC_LENGTH;
  return requireAllowed("topic", requireLength("topic", topic, limit), OUTSIDE_NAMES, NAME_CHARACTERS);
}

/**
 * The id of a client. Brokers take any text, so that only what no operator could read is refused.
 *
 * @throws {TypeError} If it is blank or has a control character.
 * @throws {RangeError} If it is too long.
 */
export function requireClientId(clientId: string): string {
  const text = requireLength("clientId", clientId, MAX_CLIENT_ID_LENGTH);
  if (text.trim() === "") throw new TypeError("Cannot register: clientId must not be blank");
  return requireAllowed("clientId", text, CONTROL, "all but control characters");
}

function requireLength(what: string, name: string, limit: number): string {
  const { length } = requireText(what, name);
  if (length === 0) throw new TypeError(`Cannot register: ${what} must not be empty`);
  if (length > limit) throw new RangeError(`Cannot register: ${what} has ${length} characters, and ${limit} are allowed`);
  return name;
}

function requireAllowed(what: string, name: string, outside: RegExp, allowed: string): string {
  const found = outside.exec(name);
  if (found === null) return name;
  const where = `${JSON.stringify(found[0])} at index ${found.index}`;
  throw new TypeError(`Cannot register: ${what} ${JSON.stringify(name)} has ${where}; allowed are ${allowed}`);
}
