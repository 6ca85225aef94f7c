import type { CallOptions } from "../../request/call_options.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";

/** What NameServers have to be asked for a group. */
export interface BrokerQuestion {
  /** The same for the same question. */
  readonly key: string;
  /** The topic whose brokers are wanted; `undefined`: all brokers. */
  readonly topic: string | undefined;
  /** Whom to ask. */
  readonly options: Pick<CallOptions, "address">;
}

/** Who is asked: two methods of a client. They give lists of brokers, or promise them. */
export interface BrokerSource<Brokers> {
  /** Brokers of every cluster. */
  ofCluster(options: CallOptions): Brokers;
  /** Brokers that serve a topic. @throws {TopicNotFoundError} */
  ofTopic(topic: string, options: CallOptions): Brokers;
}

/** What has to be asked so that a group's brokers are known. */
export function questionsOf({ topics, nameServer }: RegisteredGroup): readonly BrokerQuestion[] {
  const options = nameServer === undefined ? {} : { address: nameServer };
  return (topics ?? [undefined]).map((topic) => ({ key: `${nameServer ?? ""} ${topic ?? ""}`, topic, options }));
}

/** What has to be asked for all of these groups, each question once. */
export function questionsOfAll(groups: Iterable<RegisteredGroup>): readonly BrokerQuestion[] {
  return [...new Map([...groups].flatMap(questionsOf).map((question) => [question.key, question])).values()];
}

/** Asks. @param timeoutMs Milliseconds that it may take. @default {what the client's calls may} */
export function askBrokers<Brokers>(
  source: BrokerSource<Brokers>,
  { topic, options }: BrokerQuestion,
  timeoutMs: number | undefined,
): Brokers {
  const limited = timeoutMs === undefined ? options : { ...options, timeoutMs };
  return topic === undefined ? source.ofCluster(limited) : source.ofTopic(topic, limited);
}
