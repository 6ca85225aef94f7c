import type { Serialization } from "../protocol/encode_command.ts";
import type { EmulatedVersion } from "./emulation.ts";

/** How an `EmbeddedNameServer` behaves. */
export interface EmbeddedOptions {
  /** The release whose answers, and quirks, to show. @default {"5.3.3"} */
  readonly emulate?: EmulatedVersion;
  /** Name under which its adapter is dialled, `host:port`. @default {"embedded:9876"} */
  readonly address?: string;
  /**
   * The server's configuration, by the names that GET_NAMESRV_CONFIG (319) shows: `orderMessageEnable`, `supportActingMaster`, …; the real
   * server's defaults otherwise.
   */
  readonly config?: Readonly<Record<string, string>>;
  /** How 5.x writes the headers of its answers; 4.9.7 answers as it is asked. @default {"json"} */
  readonly serialization?: Serialization;
  /** Milliseconds since the epoch, for what expires. @default {a monotonic clock} */
  readonly now?: () => number;
}
