import { inHashOrder } from "./java_hash_order.ts";
import { type JavaString, logged } from "./java_null.ts";
import type { PickedRoute } from "./picked_route.ts";
import { smallestId } from "./register_broker.ts";
import type { BrokerRecord, QueueRecord, RouteTables } from "./route_tables.ts";
import type { ServerState } from "./server_state.ts";

const MASTER_ID = 0n;
const WRITE = 2;
/** Topics by which brokers of a group find each other: no slave stands in for a master there. */
const SYNC_TOPIC_PREFIX = "rmq_sys_SYNC_BROKER_MEMBER_";

/** The topic's route — RouteInfoManager.pickupTopicRouteData; `undefined` where no broker serves it. */
export function pickRoute(state: ServerState, topic: JavaString): PickedRoute | undefined {
  const { tables, config, emulation } = state;
  const fixed = topic === null ? undefined : tables.fixedRoutes.get(topic);
  if (fixed !== undefined) return fixed;
  const route = fromTables(tables, topic, emulation.isV5);
  if (route === undefined || !emulation.isV5 || !config.flag("supportActingMaster")) return route;
  if (topic!.startsWith(SYNC_TOPIC_PREFIX)) return route;
  return { ...route, brokers: route.brokers.map((broker) => withActingMaster(broker, route.queues)) };
}

function fromTables(tables: RouteTables, topic: JavaString, isV5: boolean): PickedRoute | undefined {
  const byBroker = logged(() => tables.topics.get(tables.key(topic)), undefined);
  if (byBroker === undefined) return undefined;
  const brokers: BrokerRecord[] = [];
  const filterServers = new Map<JavaString, readonly JavaString[]>();
  // Where an address is null, what was found until then is the route.
  logged(() => {
    for (const name of inHashOrder(byBroker.keys())) {
      const broker = tables.brokers.get(name);
      if (broker === undefined) continue;
      brokers.push(broker);
      addFilterServers(tables, broker, filterServers, isV5);
    }
  }, undefined);
  if (brokers.length === 0) return undefined;
  const mappings = topic === null ? undefined : tables.mappings.get(topic);
  return { brokers, queues: [...byBroker.values()], filterServers, mappings, orderTopicConf: null };
}

function addFilterServers(
  tables: RouteTables,
  { cluster, brokerAddrs }: BrokerRecord,
  filterServers: Map<JavaString, readonly JavaString[]>,
  isV5: boolean,
): void {
  if (tables.filterServers.size === 0) return;
  for (const id of inHashOrder(brokerAddrs.keys())) {
    const addr = brokerAddrs.get(id)!;
    const servers = tables.filterServers.get(tables.addrKey(cluster, addr));
    if (servers !== undefined) filterServers.set(addr, servers);
    else if (isV5) filterServers.delete(addr); // which another broker at this address may have put there
  }
}

/** Where a broker lost its master and may not be written to, its slave with the smallest id is shown as master. */
function withActingMaster(broker: BrokerRecord, queues: readonly QueueRecord[]): BrokerRecord {
  const { brokerAddrs, brokerName, enableActingMaster } = broker;
  if (brokerAddrs.size === 0 || brokerAddrs.has(MASTER_ID) || !enableActingMaster) return broker;
  const queue = queues.find((candidate) => candidate.brokerName === brokerName);
  if (queue === undefined || (queue.perm & WRITE) !== 0) return broker;
  const smallest = smallestId(broker);
  const others = [...brokerAddrs].filter(([id]) => id !== smallest);
  return { ...broker, brokerAddrs: new Map([[MASTER_ID, brokerAddrs.get(smallest)!], ...others]) };
}
