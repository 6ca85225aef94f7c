import type { AddCommand } from "./add_command.ts";
import { addBrokersCommand } from "./brokers_command.ts";
import { addClusterCommand } from "./cluster_command.ts";
import { addCompareCommand } from "./compare_command.ts";
import { addQueuesCommand } from "./queues_command.ts";
import { addRegisterCommand } from "./register_command.ts";
import { addRouteCommand } from "./route_command.ts";
import { addWatchCommand } from "./watch_command.ts";

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly AddCommand[] = [
  addRouteCommand,
  addQueuesCommand,
  addClusterCommand,
  addBrokersCommand,
  addWatchCommand,
  addCompareCommand,
  addRegisterCommand,
];
