import type { NameServerConnectionError } from "../errors.ts";
import { lostConnection } from "./lost_connection.ts";

/**
 * The error of a connection that its server closed.
 *
 * @param progress How much came of an unfinished frame, `"n of m bytes"`.
 * @param isMute Whether the server never said anything, and is spoken to without TLS: one that takes nothing else closes without a word.
 */
export function endOfStream(address: string, progress: string | undefined, isMute: boolean = false): NameServerConnectionError {
  const mute = isMute ? " before it said anything, as one does that takes nothing but TLS" : "";
  const when = progress === undefined ? mute : ` inside a frame, after ${progress}`;
  return lostConnection(address, `the server closed it${when}`);
}
