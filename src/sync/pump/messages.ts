import type { Endpoint, TlsOptions } from "../../socket/socket.ts";

/** What has to be dialled. */
export interface OpenOrder extends Endpoint {
  readonly tls?: TlsOptions;
}

/** What has to be dialled, and how often a frame is written to it. */
export interface BeatOrder extends OpenOrder {
  readonly intervalMs: number;
  /** How long a link that failed is left alone: behind the first failure in a row, the second, … */
  readonly retryMs: readonly number[];
}

/** Why a link can't be opened, or broke: what is left of an error that crosses threads. */
export interface LinkFailure {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** Whether TLS failed. */
  readonly tls: boolean;
}
