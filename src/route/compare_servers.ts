import type { NameServerError } from "../errors.ts";
import type { ClusterInfo } from "../model/cluster_info.ts";
import type { PerServer } from "../request/name_server_api.ts";
import { canonical } from "./canonical.ts";

/** What one server knows. */
export interface ServerView {
  readonly cluster: ClusterInfo;
  readonly topics: readonly string[];
}

/** A broker of which servers don't know the same. */
export interface BrokerDifference {
  /** The broker. */
  readonly brokerName: string;
  /** Servers that don't know it. */
  readonly missingOn: readonly string[];
  /** Its addresses by broker id, by the servers that know it. */
  readonly addrs: PerServer<Readonly<Record<string, string>>>;
}

/** A topic that not all servers know. */
export interface TopicDifference {
  /** The topic. */
  readonly topic: string;
  /** Servers that don't know it. */
  readonly missingOn: readonly string[];
}

/** Where servers differ; brokers and topics in the order of their names. */
export interface NameServerComparison {
  /** Whether all that answered know the same, and one did. */
  readonly agree: boolean;
  /** Server → its failure; such a server takes no part in the differences. */
  readonly failures: PerServer<NameServerError>;
  /** Brokers that some don't know, or know with other addresses. */
  readonly brokers: readonly BrokerDifference[];
  /** Topics that some don't know. */
  readonly topics: readonly TopicDifference[];
}

/** Compares what servers know. @param views By server. @param failures Servers that could not be asked. */
export function compareServers(views: PerServer<ServerView>, failures: PerServer<NameServerError>): NameServerComparison {
  const brokers = compareBrokers(views);
  const topics = compareTopics(views);
  return { agree: views.size > 0 && brokers.length === 0 && topics.length === 0, failures, brokers, topics };
}

function compareBrokers(views: PerServer<ServerView>): readonly BrokerDifference[] {
  const tables = [...views].map(([server, { cluster }]) => [server, cluster.brokerAddrTable] as const);
  const differences = namesOf(tables.map(([, table]) => Object.keys(table))).map((brokerName) => {
    const known = tables.flatMap(([server, table]) => {
      const addrs = table[brokerName]?.brokerAddrs;
      return addrs === undefined ? [] : [[server, addrs] as const];
    });
    const addrs = new Map(known);
    return { brokerName, missingOn: [...views.keys()].filter((server) => !addrs.has(server)), addrs };
  });
  return differences.filter(({ missingOn, addrs }) => missingOn.length > 0 || new Set([...addrs.values()].map(canonical)).size > 1);
}

function compareTopics(views: PerServer<ServerView>): readonly TopicDifference[] {
  const lists = [...views].map(([server, { topics }]) => [server, new Set(topics)] as const);
  return namesOf(lists.map(([, topics]) => topics))
    .map((topic) => ({ topic, missingOn: lists.filter(([, topics]) => !topics.has(topic)).map(([server]) => server) }))
    .filter(({ missingOn }) => missingOn.length > 0);
}

function namesOf(lists: readonly Iterable<string>[]): readonly string[] {
  return [...new Set(lists.flatMap((list) => [...list]))].sort();
}
