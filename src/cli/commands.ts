import type { AddCommand } from "./add_command.ts";
import { addClusterCommand } from "./cluster_command.ts";
import { addQueuesCommand } from "./queues_command.ts";
import { addRegisterCommand } from "./register_command.ts";
import { addRouteCommand } from "./route_command.ts";

/** Every command, in the order in which help lists them. */
export const COMMANDS: readonly AddCommand[] = [
  addRouteCommand,
  addQueuesCommand,
  addClusterCommand,
  addRegisterCommand,
];
