/** Options of one call. */
export interface CallOptions {
  /** Rejects this call with `signal.reason`; the connection and other calls go on. */
  readonly signal?: AbortSignal;
  /** Deadline of the whole call in milliseconds: dialling, retries and failover included. @default {5000} */
  readonly timeoutMs?: number;
  /** Only this server, `host:port`: no failover; a write goes to it alone. */
  readonly address?: string;
}
