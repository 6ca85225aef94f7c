import type { ClusterInfo } from "../model/cluster_info.ts";
import { requests } from "../request/mod.ts";
import type { AddCommand } from "./add_command.ts";
import { clusterReport } from "./cluster_report.ts";
import { naturalOrder } from "./natural_order.ts";
import { reportLines } from "./report.ts";

/** `namesrv cluster`: every broker that a server knows, by cluster. */
export const addClusterCommand: AddCommand = (program, shell) => {
  program.command("cluster")
    .summary("show every broker, by cluster")
    .description("Show every broker that a server knows, by cluster, with its addresses.")
    .action(async () => {
      const { value, server } = await shell.ask(requests.getBrokerClusterInfo, undefined);
      const cluster = inOrder(value);
      shell.show(cluster, () => reportLines(clusterReport(cluster, server)));
    });
};

/** Servers list the brokers of a cluster in no order. */
function inOrder(cluster: ClusterInfo): ClusterInfo {
  const lists = Object.entries(cluster.clusterAddrTable).map(([name, brokers]) => [name, [...brokers].sort(naturalOrder)]);
  return { ...cluster, clusterAddrTable: Object.fromEntries(lists) };
}
