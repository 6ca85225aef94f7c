import type { BrokerData } from "../../model/broker_data.ts";
import type { RegisteredGroup } from "../../route/registration/registered_group.ts";
import { askBrokers, type BrokerQuestion, type BrokerSource, questionsOf, questionsOfAll } from "./broker_questions.ts";
import { KnownBrokers } from "./known_brokers.ts";

/** Asks NameServers which brokers there are. The same question is asked once at a time. */
export class BrokerDirectory {
  /** What they said last. */
  readonly known: KnownBrokers = new KnownBrokers();
  readonly #source: BrokerSource<Promise<readonly BrokerData[]>>;
  /** Groups that are asked for, and not registered yet. */
  readonly #asking = new Set<RegisteredGroup>();
  readonly #flights = new Map<string, Promise<void>>();

  constructor(source: BrokerSource<Promise<readonly BrokerData[]>>) {
    this.#source = source;
  }

  /** Asks which brokers a group is for. @throws {NameServerError} If a NameServer does not answer in time; what was known stays known. */
  async ask(group: RegisteredGroup, timeoutMs: number | undefined): Promise<void> {
    this.#asking.add(group);
    try {
      await Promise.all(questionsOf(group).map((question) => this.#askOnce(question, timeoutMs)));
    } finally {
      this.#asking.delete(group);
    }
  }

  /** Asks for all groups anew and forgets what no group needs. A question that fails leaves its former answer. */
  async refresh(groups: Iterable<RegisteredGroup>): Promise<void> {
    const questions = questionsOfAll(groups);
    this.known.keepOnly([...questions, ...questionsOfAll(this.#asking)]);
    await Promise.allSettled(questions.map((question) => this.#askOnce(question, undefined)));
  }

  #askOnce(question: BrokerQuestion, timeoutMs: number | undefined): Promise<void> {
    const key = `${timeoutMs ?? ""} ${question.key}`;
    const shared = this.#flights.get(key);
    if (shared !== undefined) return shared;
    const flight = this.#ask(question, timeoutMs).finally(() => this.#flights.delete(key));
    this.#flights.set(key, flight);
    return flight;
  }

  async #ask(question: BrokerQuestion, timeoutMs: number | undefined): Promise<void> {
    const [told] = await Promise.allSettled([askBrokers(this.#source, question, timeoutMs)]);
    this.known.note(question, told);
  }
}
