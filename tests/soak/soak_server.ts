import type { Trouble } from "./schedule.ts";

/** A server in a process of its own, which a soak troubles. */
export interface SoakServer extends AsyncDisposable {
  /** For the report. */
  readonly name: string;
  /** `host:port`, the same for all its lives. */
  readonly address: string;
  /** What it can suffer. */
  readonly troubles: readonly Trouble[];
  /** Resolves when it is over, and the server answers again. */
  suffer(trouble: Trouble, forMs: number): Promise<void>;
  /** Requests that may not come twice, and did, over all its lives. */
  duplicates(): readonly string[];
}
