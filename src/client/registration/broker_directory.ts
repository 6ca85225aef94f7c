import { TopicNotFoundError } from "../../errors.ts";
import type { BrokerData } from "../../model/broker_data.ts";
import type { CallOptions } from "../../request/call_options.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";

/** What a directory asks: two methods of the client. */
export interface BrokerSource {
  /** Brokers of every cluster. */
  ofCluster(options: CallOptions): Promise<readonly BrokerData[]>;
  /** Brokers that serve a topic. @throws {TopicNotFoundError} */
  ofTopic(topic: string, options: CallOptions): Promise<readonly BrokerData[]>;
}

/** Which brokers there are for registered groups, as NameServers said last. The same question is asked once at a time. */
export class BrokerDirectory {
  readonly #source: BrokerSource;
  readonly #flights = new Map<string, Promise<void>>();
  readonly #known = new Map<string, Known>();
  #version = 0;

  constructor(source: BrokerSource) {
    this.#source = source;
  }

  /** Grows with each answer that differs from the one before. */
  get version(): number {
    return this.#version;
  }

  /** Asks which brokers a group is for. @throws {NameServerError} If a NameServer does not answer; what was known stays known. */
  async ask(group: RegisteredGroup): Promise<void> {
    await Promise.all(questionsOf(group).map((question) => this.#askOnce(question)));
  }

  /** Asks for all groups anew and forgets what no group needs. A question that fails leaves its former answer. */
  async refresh(groups: Iterable<RegisteredGroup>): Promise<void> {
    const questions = new Map([...groups].flatMap(questionsOf).map((question) => [question.key, question]));
    for (const key of this.#known.keys()) if (!questions.has(key)) this.#known.delete(key);
    await Promise.allSettled([...questions.values()].map((question) => this.#askOnce(question)));
  }

  /** What is known of a group's brokers. */
  brokersOf(group: RegisteredGroup): readonly BrokerData[] {
    return questionsOf(group).flatMap(({ key }) => this.#known.get(key)?.brokers ?? []);
  }

  /** Why there may be no broker for a group: topics that nobody knows. */
  missingTopics(group: RegisteredGroup): readonly TopicNotFoundError[] {
    return questionsOf(group).flatMap(({ key }) => this.#known.get(key)?.missing ?? []);
  }

  #askOnce(question: Question): Promise<void> {
    const shared = this.#flights.get(question.key);
    if (shared !== undefined) return shared;
    const flight = this.#ask(question).finally(() => this.#flights.delete(question.key));
    this.#flights.set(question.key, flight);
    return flight;
  }

  async #ask({ key, topic, options }: Question): Promise<void> {
    try {
      const brokers = topic === undefined ? await this.#source.ofCluster(options) : await this.#source.ofTopic(topic, options);
      this.#note(key, { brokers, text: JSON.stringify(brokers) });
    } catch (error) {
      if (!(error instanceof TopicNotFoundError)) throw error;
      this.#note(key, { brokers: [], text: "", missing: error });
    }
  }

  #note(key: string, known: Known): void {
    if (this.#known.get(key)?.text !== known.text) this.#version++;
    this.#known.set(key, known);
  }
}

interface Known {
  readonly brokers: readonly BrokerData[];
  /** To see whether they differ. */
  readonly text: string;
  readonly missing?: TopicNotFoundError;
}

interface Question {
  readonly key: string;
  readonly topic: string | undefined;
  readonly options: CallOptions;
}

function questionsOf({ topics, nameServer }: RegisteredGroup): readonly Question[] {
  const options = nameServer === undefined ? {} : { address: nameServer };
  return (topics ?? [undefined]).map((topic) => ({ key: `${nameServer ?? ""} ${topic ?? ""}`, topic, options }));
}
