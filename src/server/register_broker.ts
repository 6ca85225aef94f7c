import { newDataVersion } from "./data_version_record.ts";
import { JavaNullError, type JavaString, nonNull } from "./java_null.ts";
import { type BrokerTopicsRecord, type MasterAddrs, NO_MASTER, type Registration, type TopicRecord } from "./registration.ts";
import type { BrokerRecord, RouteTables } from "./route_tables.ts";
import type { ServerState } from "./server_state.ts";

const MASTER_ID = 0n;
const WRITE = 2;
/** How long an address lives without a word. */
const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Takes a broker in, or anew — RouteInfoManager.registerBroker. Where Java throws on the way and logs it, what was done until then stays.
 *
 * @returns Where its master is; `null` where a first registration is refused because it has a single topic (5.x).
 */
export function registerBroker(state: ServerState, registration: Registration): MasterAddrs | null {
  try {
    return register(state, registration);
  } catch (error) {
    if (error instanceof JavaNullError) return NO_MASTER;
    throw error;
  }
}

function register(state: ServerState, registration: Registration): MasterAddrs | null {
  const { tables, emulation } = state;
  const { brokerAddr, brokerId } = registration;
  joinCluster(tables, registration);
  const [broker, isNew] = findOrAdd(tables, registration);
  if (emulation.isV5) {
    broker.enableActingMaster = registration.enableActingMaster ?? false;
    broker.zoneName = registration.zoneName;
  }
  dropOtherIds(broker, brokerAddr, brokerId);
  if (emulation.isV5) {
    if (isOutdated(tables, broker, registration)) return NO_MASTER;
    if (!broker.brokerAddrs.has(brokerId) && hasSingleTopic(registration) && !registration.allowSingleTopic) return null;
  }
  const formerAddr = broker.brokerAddrs.get(brokerId) ?? null;
  broker.brokerAddrs.set(brokerId, brokerAddr);
  const isFirst = isNew || formerAddr === null || (emulation.isV5 && formerAddr === "");
  if (emulation.isV5) takeTopics(state, broker, registration, isFirst);
  else takeTopicsOfMaster(tables, registration, isFirst);
  keepAlive(state, registration);
  return masterOf(tables, broker, registration);
}

function hasSingleTopic({ body }: Registration): boolean {
  return nonNull(nonNull(body.topics).topics).size === 1;
}

function joinCluster(tables: RouteTables, { cluster, brokerName }: Registration): void {
  const key = tables.key(cluster);
  let names = tables.clusters.get(key);
  if (names === undefined) tables.clusters.set(key, names = new Set());
  names.add(brokerName);
}

function findOrAdd(tables: RouteTables, { cluster, brokerName }: Registration): readonly [BrokerRecord, boolean] {
  const key = tables.key(brokerName);
  const known = tables.brokers.get(key);
  if (known !== undefined) return [known, false];
  const broker: BrokerRecord = { cluster, brokerName, brokerAddrs: new Map(), enableActingMaster: false, zoneName: null };
  tables.brokers.set(key, broker);
  return [broker, true];
}

/** An address has one id: a slave that became master leaves its former one. */
function dropOtherIds(broker: BrokerRecord, brokerAddr: JavaString, brokerId: bigint): void {
  for (const [id, addr] of broker.brokerAddrs) {
    if (brokerAddr !== null && addr === brokerAddr && id !== brokerId) broker.brokerAddrs.delete(id);
  }
}

/** Whether the id belongs to another address of a newer epoch; the one that registers is then forgotten. */
function isOutdated(tables: RouteTables, broker: BrokerRecord, { cluster, brokerAddr, brokerId, body }: Registration): boolean {
  const holder = broker.brokerAddrs.get(brokerId) ?? null;
  if (holder === null || holder === brokerAddr) return false;
  const live = tables.live.get(tables.addrKey(cluster, holder));
  if (live === undefined || nonNull(live.version).stateVersion <= nonNull(nonNull(body.topics).version).stateVersion) return false;
  tables.live.delete(tables.addrKey(cluster, brokerAddr));
  return true;
}

/** 5.x: the topics of a master, or of the slave with the smallest id, where they changed. */
function takeTopics({ tables, config }: ServerState, broker: BrokerRecord, registration: Registration, isFirst: boolean): void {
  const { brokerName, brokerId, body } = registration;
  const isPrimeSlave = registration.enableActingMaster !== null && brokerId !== MASTER_ID && brokerId === smallestId(broker);
  if (!body.topics?.topics || (brokerId !== MASTER_ID && !isPrimeSlave)) return;
  const { topics, mappings } = body.topics;
  if (config.flag("deleteTopicWithBrokerRegistration") && mappings.size === 0) dropOtherTopics(tables, brokerName, topics);
  for (const topic of topics.values()) {
    if (!isFirst && !isTopicChanged(tables, registration, topic.topicName)) continue;
    const isReadOnly = isPrimeSlave && broker.enableActingMaster;
    putQueues(tables, brokerName, isReadOnly ? { ...topic, perm: topic.perm & ~WRITE } : topic);
  }
  if (isChanged(tables, registration) || isFirst) takeMappings(tables, body.topics);
}

/** 4.9: all topics of a master, where its version changed. */
function takeTopicsOfMaster(tables: RouteTables, registration: Registration, isFirst: boolean): void {
  const { brokerName, brokerId, body } = registration;
  if (brokerId !== MASTER_ID || body.topics === null || !(isChanged(tables, registration) || isFirst)) return;
  for (const topic of body.topics.topics?.values() ?? []) putQueues(tables, brokerName, topic);
}

function takeMappings(tables: RouteTables, { mappings }: BrokerTopicsRecord): void {
  for (const [topic, info] of mappings) {
    let byBroker = tables.mappings.get(topic);
    if (byBroker === undefined) tables.mappings.set(topic, byBroker = new Map());
    byBroker.set(info.bname, info);
  }
}

function dropOtherTopics(tables: RouteTables, brokerName: JavaString, registered: ReadonlyMap<string, TopicRecord>): void {
  for (const [topic, queues] of tables.topics) {
    if ((topic !== null && registered.has(topic)) || !queues.delete(brokerName)) continue;
    if (queues.size === 0) tables.topics.delete(topic);
  }
}

function isTopicChanged(tables: RouteTables, registration: Registration, topic: JavaString): boolean {
  return isChanged(tables, registration) || !tables.topics.get(tables.key(topic))?.has(registration.brokerName);
}

function isChanged(tables: RouteTables, { cluster, brokerAddr, body }: Registration): boolean {
  return tables.isVersionChanged(tables.addrKey(cluster, brokerAddr), body.topics?.version ?? null);
}

function putQueues(tables: RouteTables, brokerName: JavaString, topic: TopicRecord): void {
  const { readQueueNums, writeQueueNums, perm, topicSysFlag } = topic;
  const key = tables.key(topic.topicName);
  let queues = tables.topics.get(key);
  if (queues === undefined) tables.topics.set(key, queues = new Map());
  queues.set(brokerName, { brokerName, readQueueNums, writeQueueNums, perm, topicSysFlag });
}

function keepAlive({ tables, emulation, now }: ServerState, registration: Registration): void {
  const { cluster, brokerAddr, haServerAddr, connection, body: { topics, filterServers } } = registration;
  const key = tables.addrKey(cluster, brokerAddr);
  const timeoutMs = registration.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const version = emulation.isV5 && topics === null ? newDataVersion(now) : nonNull(topics).version;
  tables.live.set(key, { cluster, brokerAddr, lastUpdateMs: now(), timeoutMs, version, connection, haServerAddr });
  if (filterServers === null) return;
  if (filterServers.length === 0) tables.filterServers.delete(key);
  else tables.filterServers.set(key, filterServers);
}

function masterOf(tables: RouteTables, broker: BrokerRecord, { cluster, brokerId }: Registration): MasterAddrs {
  const masterAddr = broker.brokerAddrs.get(MASTER_ID) ?? null;
  if (brokerId === MASTER_ID || masterAddr === null) return NO_MASTER;
  const live = tables.live.get(tables.addrKey(cluster, masterAddr));
  return live === undefined ? NO_MASTER : { masterAddr, haServerAddr: live.haServerAddr };
}

/** The smallest id of a broker that has any. */
export function smallestId(broker: BrokerRecord): bigint {
  let smallest: bigint | undefined;
  for (const id of broker.brokerAddrs.keys()) if (smallest === undefined || id < smallest) smallest = id;
  return smallest ?? MASTER_ID;
}
