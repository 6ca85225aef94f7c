import type { NameServerError } from "../../errors.ts";
import type { BrokerMember } from "./broker_member.ts";

/** How a broker does, as it says itself. */
export interface BrokerStatus extends BrokerMember {
  /** Where it was asked: its address in the NameServer, or what `mapAddress` made of it. */
  readonly address: string;
  /** Whether it answered, be it with a refusal. */
  readonly alive: boolean;
  /** Milliseconds from the question to its answer, the dial included where there was no connection to it yet. */
  readonly roundTripMs?: number;
  /** Its version by name: `"V5_3_3"`. */
  readonly version?: string;
  /** As the broker tells it: `putTps`, `getTransferredTps` (4.x: `getTransferedTps`), `msgPutTotalTodayNow`, `bootTimestamp`, … */
  readonly runtime?: Readonly<Record<string, string>>;
  /** Why it did not answer, or did not tell. */
  readonly error?: NameServerError;
}
