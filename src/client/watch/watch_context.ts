import type { Remote } from "../../remote/remote.ts";
import type { CacheWarning } from "../cache/cache_warning.ts";
import type { MapAddress } from "../cache/map_addresses.ts";
import type { PollerContext } from "./poller.ts";

/** What watches work with. */
export interface WatchContext extends PollerContext {
  readonly remote: Remote;
  /** The client's own deadline of a call; the remote's if it is left out. */
  readonly timeoutMs: number | undefined;
  /** Rewrites addresses of brokers. */
  readonly mapAddress: MapAddress | undefined;
  /** Tells what was put up with. */
  report(warning: CacheWarning): void;
}
