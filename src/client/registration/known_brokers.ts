import { TopicNotFoundError } from "../../errors.ts";
import type { BrokerData } from "../../model/broker_data.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { type BrokerQuestion, questionsOf } from "./broker_questions.ts";

/** Which brokers there are for registered groups, as NameServers said last. Asks nobody itself. */
export class KnownBrokers {
  readonly #known = new Map<string, Known>();
  #version = 0;

  /** Grows with each answer that differs from the one before. */
  get version(): number {
    return this.#version;
  }

  /** Takes what came of a question. @throws Why it was not answered; what was known stays known. That there is no such topic is an answer. */
  note({ key }: BrokerQuestion, told: PromiseSettledResult<readonly BrokerData[]>): void {
    if (told.status === "fulfilled") return this.#put(key, { brokers: told.value, text: JSON.stringify(told.value) });
    if (!(told.reason instanceof TopicNotFoundError)) throw told.reason;
    this.#put(key, { brokers: [], text: "", missing: told.reason });
  }

  /** Forgets what other questions were answered. */
  keepOnly(questions: readonly BrokerQuestion[]): void {
    const needed = new Set(questions.map(({ key }) => key));
    for (const key of this.#known.keys()) if (!needed.has(key)) this.#known.delete(key);
  }

  /** What is known of a group's brokers. */
  brokersOf(group: RegisteredGroup): readonly BrokerData[] {
    return questionsOf(group).flatMap(({ key }) => this.#known.get(key)?.brokers ?? []);
  }

  /** Why there may be no broker for a group: topics that nobody knows. */
  missingTopics(group: RegisteredGroup): readonly TopicNotFoundError[] {
    return questionsOf(group).flatMap(({ key }) => this.#known.get(key)?.missing ?? []);
  }

  #put(key: string, known: Known): void {
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
