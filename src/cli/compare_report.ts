import type { BrokerDifference, NameServerComparison, TopicDifference } from "../route/compare_servers.ts";
import { addressRows, NONE } from "./address_rows.ts";
import { count } from "./count.ts";
import { formatTable } from "./format_table.ts";
import { naturalOrder } from "./natural_order.ts";
import type { Report } from "./report.ts";

/** A comparison as a person reads it: a line a difference, a column a server. @param asked How many servers there are. */
export function compareReport(comparison: NameServerComparison, asked: number): Report {
  const { failures, brokers, topics } = comparison;
  const servers = [...new Set([...brokers.flatMap(serversOf), ...topics.flatMap(({ missingOn }) => missingOn)])].sort(naturalOrder);
  const columns = [{ title: "WHAT" }, { title: "NAME" }, ...servers.map((title) => ({ title }))];
  const rows = [
    ...brokers.map((broker) => ["broker", broker.brokerName, ...servers.map((server) => describeBroker(broker, server))]),
    ...topics.map((topic) => ["topic", topic.topic, ...servers.map((server) => describeTopic(topic, server))]),
  ];
  return {
    summary: describe(comparison, asked),
    table: rows.length === 0 ? [] : formatTable(columns, rows),
    notes: [...failures].map(([server, error]) => `${server} takes no part: ${error.message}`),
  };
}

function describe({ agree, failures, brokers, topics }: NameServerComparison, asked: number): string {
  const answered = asked - failures.size;
  const isWhole = failures.size === 0;
  if (answered < 2) {
    return isWhole ? "Nothing to compare: one server" : `Nothing to compare: ${answered} of ${count(asked, "server")} answered`;
  }
  const subject = isWhole ? "The servers" : `${answered} of ${asked} servers answered, and`;
  if (agree) return `${subject} agree`;
  const differences = [count(brokers.length, "broker"), count(topics.length, "topic")].filter((text) => !text.startsWith("0 "));
  return `${subject} differ: ${differences.join(", ")}`;
}

function serversOf({ missingOn, addrs }: BrokerDifference): readonly string[] {
  return [...missingOn, ...addrs.keys()];
}

function describeBroker({ addrs }: BrokerDifference, server: string): string {
  const known = addrs.get(server);
  return known === undefined ? NONE : addressRows(known).map(({ role, address }) => `${role} ${address}`).join(", ");
}

function describeTopic({ missingOn }: TopicDifference, server: string): string {
  return missingOn.includes(server) ? NONE : "known";
}
