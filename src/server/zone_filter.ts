import type { PickedRoute } from "./picked_route.ts";
import type { BrokerRecord } from "./route_tables.ts";

const MASTER_ID = 0n;

/** Leaves brokers of the zone, and those without a master, so that their slaves can be read — namesrv/route/ZoneRouteRPCHook.java. */
export function filterByZone(route: PickedRoute, zoneName: string): PickedRoute {
  const removed = route.brokers.filter((broker) => hasMaster(broker) && !isOfZone(broker, zoneName));
  const names = new Set(removed.map((broker) => broker.brokerName));
  const addrs = new Set(removed.flatMap((broker) => [...broker.brokerAddrs.values()]));
  return {
    ...route,
    brokers: route.brokers.filter((broker) => !removed.includes(broker)),
    queues: route.queues.filter((queue) => !names.has(queue.brokerName)),
    filterServers: new Map([...route.filterServers].filter(([addr]) => !addrs.has(addr))),
  };
}

function hasMaster(broker: BrokerRecord): boolean {
  return (broker.brokerAddrs.get(MASTER_ID) ?? null) !== null;
}

function isOfZone({ zoneName }: BrokerRecord, wanted: string): boolean {
  return zoneName !== null && zoneName.toLowerCase() === wanted.toLowerCase();
}
