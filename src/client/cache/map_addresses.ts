import type { BrokerData } from "../../model/broker_data.ts";
import type { TopicRouteData } from "../../model/topic_route.ts";

/** Rewrites one broker address. */
export type MapAddress = (address: string, broker: BrokerData) => string;

/** A route whose brokers have the addresses that `map` gives; ids stay exact, tables stay without prototype. */
export function mapAddresses(route: TopicRouteData, map: MapAddress | undefined): TopicRouteData {
  return map === undefined ? route : { ...route, brokerDatas: route.brokerDatas.map((broker) => mapBroker(broker, map)) };
}

/** A broker with the addresses that `map` gives. */
export function mapBroker(broker: BrokerData, map: MapAddress): BrokerData {
  const brokerAddrs: Record<string, string> = Object.create(null);
  for (const [id, address] of Object.entries(broker.brokerAddrs)) brokerAddrs[id] = map(address, broker);
  return { ...broker, brokerAddrs };
}
