import type { BrokerData } from "../../model/broker_data.ts";
import type { TopicRouteData } from "../../model/topic_route.ts";

interface Named {
  /** As the route that came last has it. */
  latest: BrokerData;
  readonly byTopic: Map<string, BrokerData>;
}

/** The brokers of all routes by name, each as the route that came last has it. */
export class BrokerIndex {
  readonly #brokers = new Map<string, Named>();

  /** The broker of this name. */
  find(brokerName: string): BrokerData | undefined {
    return this.#brokers.get(brokerName)?.latest;
  }

  /** Takes a topic's brokers in. */
  add(topic: string, { brokerDatas }: TopicRouteData): void {
    for (const broker of brokerDatas) {
      const named = this.#brokers.get(broker.brokerName);
      if (named === undefined) this.#brokers.set(broker.brokerName, { latest: broker, byTopic: new Map([[topic, broker]]) });
      else {
        named.byTopic.set(topic, broker);
        named.latest = broker;
      }
    }
  }

  /** Lets a topic's brokers go; those of other topics stay. */
  remove(topic: string, { brokerDatas }: TopicRouteData): void {
    for (const { brokerName } of brokerDatas) {
      const named = this.#brokers.get(brokerName);
      const removed = named?.byTopic.get(topic);
      if (named === undefined || removed === undefined) continue;
      named.byTopic.delete(topic);
      const [other] = named.byTopic.values();
      if (other === undefined) this.#brokers.delete(brokerName);
      else if (named.latest === removed) named.latest = other;
    }
  }
}
