import type { Emulation } from "./emulation.ts";
import type { KvStore } from "./kv_store.ts";
import type { RouteTables } from "./route_tables.ts";
import type { ServerConfig } from "./server_config.ts";

/** All that a server knows. */
export interface ServerState {
  readonly emulation: Emulation;
  readonly config: ServerConfig;
  readonly kv: KvStore;
  readonly tables: RouteTables;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** When the server started. */
  readonly startedMs: number;
}
