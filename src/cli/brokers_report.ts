import type { BrokerStatus } from "../client/brokers/broker_status.ts";
import { NONE } from "./address_rows.ts";
import { type Column, formatTable } from "./format_table.ts";
import { naturalOrder } from "./natural_order.ts";
import type { Report } from "./report.ts";

const COLUMNS: readonly Column[] = [
  { title: "CLUSTER" },
  { title: "BROKER" },
  { title: "ROLE" },
  { title: "ADDRESS" },
  { title: "STATE" },
  { title: "VERSION" },
  { title: "MS", align: "right" },
  { title: "IN/S", align: "right" },
  { title: "OUT/S", align: "right" },
  { title: "UP SINCE" },
];

/** How brokers do, as a person reads it. */
export function brokersReport(statuses: readonly BrokerStatus[]): Report {
  const sorted = [...statuses].sort((a, b) =>
    naturalOrder(a.cluster, b.cluster) || naturalOrder(a.brokerName, b.brokerName) || naturalOrder(a.brokerId, b.brokerId)
  );
  const alive = statuses.filter((status) => status.alive).length;
  return {
    summary: statuses.length === 0 ? "No broker is registered" : `${alive} alive, ${statuses.length - alive} down`,
    table: statuses.length === 0 ? [] : formatTable(COLUMNS, sorted.map(row)),
    notes: sorted.flatMap(({ brokerName, error }) => error === undefined ? [] : [`${brokerName}: ${error.message}`]),
  };
}

function row(status: BrokerStatus): readonly string[] {
  const { cluster, brokerName, brokerId, role, address, alive, version = NONE, roundTripMs, runtime = {} } = status;
  return [
    cluster,
    brokerName,
    role === "master" ? role : `slave ${brokerId}`,
    address,
    alive ? "alive" : "down",
    version,
    roundTripMs?.toFixed(1) ?? NONE,
    latest(runtime["putTps"]),
    latest(runtime["getTransferredTps"] ?? runtime["getTransferedTps"]), // 4.x spells it so
    since(runtime["bootTimestamp"]),
  ];
}

/** Rates come as averages of the last 10 s, minute and ten minutes: `"12.5 10.0 3.3"` — store/StoreStatsService.java */
function latest(rates: string | undefined): string {
  const rate = Number.parseFloat(rates ?? "");
  return Number.isFinite(rate) ? rate.toFixed(1) : NONE;
}

/** @param bootTimestamp Milliseconds since the epoch, in digits. */
function since(bootTimestamp: string | undefined): string {
  const date = new Date(/^\d{1,15}$/.test(bootTimestamp ?? "") ? Number(bootTimestamp) : Number.NaN);
  return Number.isNaN(date.getTime()) ? NONE : date.toISOString().replace(/\.\d+Z$/, "Z");
}
