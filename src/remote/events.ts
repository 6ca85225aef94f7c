import type { NameServerError } from "../errors.ts";
import type { RemotingCommand } from "../protocol/command.ts";

/** What happens below the calls. */
export type RemoteEvent =
  | { readonly type: "connecting"; readonly address: string; readonly attempt: number }
  | { readonly type: "connected"; readonly address: string; readonly elapsedMs: number }
  | { readonly type: "disconnected"; readonly address: string; readonly error?: NameServerError }
  | { readonly type: "failover"; readonly from: string; readonly to: string; readonly error: NameServerError }
  | { readonly type: "servers"; readonly addresses: readonly string[] }
  | {
    /** Something was put up with. */
    readonly type: "warning";
    readonly about: "store" | "address-source" | "suspect-route" | "order-conf" | "dropped-answer";
    readonly message: string;
    readonly address?: string;
    readonly topic?: string;
    readonly error?: unknown;
  }
  /** A request that a peer sent by itself (a broker's NOTIFY_CONSUMER_IDS_CHANGED, …). */
  | { readonly type: "notification"; readonly address: string; readonly command: RemotingCommand };
