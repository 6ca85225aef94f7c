import type { MessageQueue } from "./message_queue.ts";

/** Queues of one broker that are believed. Real ones have tens of them, and ids of queues are small integers everywhere. */
const MOST_OF_A_BROKER = 65_536;
/** Queues of a topic that are believed: a route may name brokers without end. */
const MOST_OF_A_TOPIC = 1_048_576;

/** Queues of a topic, whose number is checked before any of them is made: it is a server's word. */
export class QueueList {
  readonly #topic: string;
  readonly #queues: MessageQueue[] = [];
  readonly #counts = new Map<string, number>();

  /** An empty list. */
  constructor(topic: string) {
    this.#topic = topic;
  }

  /** All of them, in the order in which they came. */
  get queues(): readonly MessageQueue[] {
    return this.#queues;
  }

  /**
   * Adds queues `from`, `from` + 1, … below `to`; none where that is no more.
   *
   * @throws {RangeError} If that is more than 65,536 of one broker, or 1,048,576 of all: then none is added.
   */
  add(brokerName: string, to: number, from: number = 0): void {
    if (to <= from) return;
    const count = (this.#counts.get(brokerName) ?? 0) + to - from;
    if (count > MOST_OF_A_BROKER) this.#refuse(`${count} queues of broker "${brokerName}" exceed ${MOST_OF_A_BROKER}`);
    const total = this.#queues.length + to - from;
    if (total > MOST_OF_A_TOPIC) this.#refuse(`${total} queues of all brokers exceed ${MOST_OF_A_TOPIC}`);
    this.#counts.set(brokerName, count);
    for (let queueId = from; queueId < to; queueId++) this.#queues.push({ topic: this.#topic, brokerName, queueId });
  }

  #refuse(reason: string): never {
    throw new RangeError(`Cannot list queues of topic "${this.#topic}": ${reason}`);
  }
}
