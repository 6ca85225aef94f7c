import { forgetAddr, NO_ADDR } from "./forget_addr.ts";
import { inHashOrder } from "./java_hash_order.ts";
import { type JavaString, logged, nonNull } from "./java_null.ts";
import { smallestId } from "./register_broker.ts";
import type { AddrKey, BrokerRecord, LiveBroker, RouteTables } from "./route_tables.ts";
import type { ServerState } from "./server_state.ts";

const WRITE = 2;
/** Which address leaves. */
export interface Departure {
  readonly cluster: JavaString;
  readonly brokerAddr: JavaString;
  readonly brokerName: JavaString;
  /** `null`: not told, or no number. */
  readonly brokerId: bigint | null;
}

/**
 * Takes an address out, and what hangs on it — RouteInfoManager.unRegisterBroker. 5.x goes by the address, 4.9 by the id.
 *
 * @throws {JavaNullError} If a name is null that the release can't have; what was done until then stays.
 */
export function unregisterBroker({ tables, emulation }: ServerState, departure: Departure): void {
  const { cluster, brokerAddr, brokerName, brokerId } = departure;
  const key = tables.addrKey(cluster, brokerAddr);
  tables.live.delete(key);
  tables.filterServers.delete(key);
  const broker = tables.brokers.get(tables.key(brokerName));
  if (broker === undefined) return;
  if (!emulation.isV5) broker.brokerAddrs.delete(nonNull(brokerId));
  else if (broker.brokerAddrs.size > 0) dropAddr(broker, brokerAddr, brokerId);
  if (broker.brokerAddrs.size > 0) {
    if (emulation.isV5 && broker.enableActingMaster && smallestId(broker) > 0n) wipeWrite(tables, brokerName);
    return;
  }
  tables.brokers.delete(brokerName);
  leaveCluster(tables, tables.key(cluster), brokerName);
  dropTopics(tables, brokerName);
}

/** What happens when a connection ends: an address that registered on it last leaves. */
export function connectionClosed(state: ServerState, connection: object): void {
  const found = registeredOn(state.tables, connection);
  if (!state.emulation.isV5) forgetAddr(state.tables, found?.[0] ?? NO_ADDR);
  else if (found !== undefined) addressGone(state, found[1]);
}

/** Takes out addresses that were silent for too long; gives their connections, which end with them. */
export function expireBrokers(state: ServerState): readonly object[] {
  const { tables, emulation } = state;
  const now = state.now();
  const expired = tables.liveInOrder.filter(([, { lastUpdateMs, timeoutMs }]) => lastUpdateMs + timeoutMs < now);
  for (const [key, live] of expired) {
    if (emulation.isV5) addressGone(state, live);
    else {
      tables.live.delete(key);
      forgetAddr(tables, (live.connection && registeredOn(tables, live.connection)?.[0]) ?? key);
    }
  }
  return expired.flatMap(([, { connection }]) => connection ?? []);
}

/** The first address that registered on the connection last. */
function registeredOn(tables: RouteTables, connection: object): readonly [AddrKey, LiveBroker] | undefined {
  return tables.liveInOrder.find(([, live]) => live.connection === connection);
}

/** 5.x: the address is unregistered, if a broker of its cluster has it; if none has, it stays alive. */
function addressGone(state: ServerState, live: LiveBroker): void {
  logged(() => {
    const departure = departureOf(state.tables, live);
    if (departure !== undefined) unregisterBroker(state, departure);
  }, undefined);
}

function departureOf(tables: RouteTables, { cluster, brokerAddr }: LiveBroker): Departure | undefined {
  for (const { cluster: ofCluster, brokerName, brokerAddrs } of tables.brokersInOrder) {
    if (ofCluster !== cluster) continue;
    const brokerId = inHashOrder(brokerAddrs.keys()).find((id) => nonNull(brokerAddrs.get(id)!) === brokerAddr);
    if (brokerId !== undefined) return { cluster, brokerAddr, brokerName, brokerId };
  }
  return undefined;
}

function dropAddr({ brokerAddrs }: BrokerRecord, brokerAddr: JavaString, brokerId: bigint | null): void {
  nonNull(brokerId); // 5.x looks whether it is the smallest, and has no other use for it
  for (const id of inHashOrder(brokerAddrs.keys())) {
    if (nonNull(brokerAddrs.get(id)!) === brokerAddr) brokerAddrs.delete(id);
  }
}

function leaveCluster(tables: RouteTables, cluster: JavaString, brokerName: JavaString): void {
  const names = tables.clusters.get(cluster);
  names?.delete(brokerName);
  if (names?.size === 0) tables.clusters.delete(cluster);
}

function dropTopics(tables: RouteTables, brokerName: JavaString): void {
  for (const [topic, queues] of tables.topics) {
    queues.delete(brokerName);
    if (queues.size === 0) tables.topics.delete(topic);
  }
}

/** The master is gone: until another comes, the broker's queues are only read. */
function wipeWrite(tables: RouteTables, brokerName: JavaString): void {
  for (const queues of tables.topics.values()) {
    const queue = queues.get(brokerName);
    if (queue !== undefined) queue.perm &= ~WRITE;
  }
}
