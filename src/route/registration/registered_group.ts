import { requireClientId, requireGroup, requireTopic } from "../../model/client_names.ts";
import type { ConsumerData } from "../../model/heartbeat_data.ts";
import { requireList } from "../../model/shape.ts";
import { type Subscription, subscriptionData } from "../../model/subscription_data.ts";
import { type ConsumerRegistrationOptions, REGISTRATION_DEFAULTS, type RegistrationOptions } from "./options.ts";

/** A group that brokers are to know, checked and complete. */
export interface RegisteredGroup {
  /** The client that is a member of it. */
  readonly clientId: string;
  /** Its name. */
  readonly group: string;
  /** What brokers are told of a group that receives; `undefined`: it sends. */
  readonly consumer: ConsumerData | undefined;
  /** Milliseconds between two heartbeats. */
  readonly intervalMs: number;
  /** Topics whose brokers are told; `undefined`: all brokers. */
  readonly topics: readonly string[] | undefined;
  /** Rewrites advertised addresses. */
  readonly mapAddress: RegistrationOptions["mapAddress"];
  /** The NameServer to ask; `undefined`: any. */
  readonly nameServer: string | undefined;
}

/** Who registers, as which group. */
export interface GroupMember {
  readonly group: string;
  readonly clientId: string;
}

/** A group that sends. @throws {TypeError | RangeError} If a name or option is none that brokers take. */
export function producerGroup(member: GroupMember, options: RegistrationOptions = {}): RegisteredGroup {
  return { ...common(member, options), consumer: undefined };
}

/**
 * A group that receives.
 *
 * @param subVersion When it subscribed, in milliseconds since the epoch: brokers keep a group's latest subscriptions.
 * @throws {TypeError | RangeError} If a name, option or subscription is none that brokers take.
 */
export function consumerGroup(member: GroupMember, options: ConsumerRegistrationOptions, subVersion: number): RegisteredGroup {
  const checked = common(member, options);
  return {
    ...checked,
    consumer: {
      groupName: checked.group,
      consumeType: requireOneOf("consumeType", options.consumeType, CONSUME_TYPES),
      messageModel: requireOneOf("messageModel", options.messageModel, MESSAGE_MODELS),
      consumeFromWhere: requireOneOf("consumeFromWhere", options.consumeFromWhere, STARTS),
      subscriptionDataSet: requireSubscriptions(options.subscriptions).map((each) => subscriptionData(each, subVersion)),
      unitMode: false,
    },
  };
}

/** Whether both are the same group of the same client. */
export function isSameGroup(a: RegisteredGroup, b: RegisteredGroup): boolean {
  return a.group === b.group && a.clientId === b.clientId && (a.consumer === undefined) === (b.consumer === undefined);
}

// The default comes first
const CONSUME_TYPES = ["CONSUME_PASSIVELY", "CONSUME_ACTIVELY", "CONSUME_POP"] as const;
const MESSAGE_MODELS = ["CLUSTERING", "BROADCASTING"] as const;
const STARTS = ["CONSUME_FROM_LAST_OFFSET", "CONSUME_FROM_FIRST_OFFSET", "CONSUME_FROM_TIMESTAMP"] as const;
const MAX_INT = 0x7fffffff; // what timers can hold

function common({ group, clientId }: GroupMember, options: RegistrationOptions): Omit<RegisteredGroup, "consumer"> {
  return {
    group: requireGroup(group),
    clientId: requireClientId(clientId),
    intervalMs: requireInterval(options.intervalMs ?? REGISTRATION_DEFAULTS.intervalMs),
    topics: options.topics && requireTopics(options.topics),
    mapAddress: requireFunction("mapAddress", options.mapAddress),
    nameServer: options.address,
  };
}

function requireInterval(intervalMs: number): number {
  if (typeof intervalMs !== "number") throw new TypeError(`Cannot register: intervalMs must be a number, not ${typeof intervalMs}`);
  if (intervalMs > 0 && intervalMs <= MAX_INT) return intervalMs;
  throw new RangeError(`Cannot register: intervalMs ${intervalMs} must be above 0 and at most ${MAX_INT} ms`);
}

function requireTopics(topics: readonly string[]): readonly string[] {
  const names = [...new Set(requireList("topics", topics).map(requireTopic))];
  if (names.length === 0) throw new TypeError("Cannot register: topics must not be empty; leave it out for every broker");
  return names;
}

function requireSubscriptions(subscriptions: readonly Subscription[] = []): readonly Subscription[] {
  const topics = requireList("subscriptions", subscriptions).map(({ topic }) => requireTopic(topic));
  const twice = topics.find((topic, i) => topics.indexOf(topic) !== i);
  if (twice === undefined) return subscriptions;
  throw new TypeError(`Cannot register: topic "${twice}" is subscribed to twice; brokers keep one expression a topic`);
}

function requireFunction<T>(what: string, value: T): T {
  if (value === undefined || typeof value === "function") return value;
  throw new TypeError(`Cannot register: ${what} must be a function, not ${value === null ? "null" : typeof value}`);
}

function requireOneOf<T extends string>(what: string, value: T | undefined, allowed: readonly [T, ...T[]]): T {
  const word = value ?? allowed[0];
  if (allowed.includes(word)) return word;
  throw new TypeError(
    `Cannot register: ${what} must be one of ${allowed.map((each) => `"${each}"`).join(", ")}, not ${JSON.stringify(word)}`,
  );
}
