import type { NameServerConnectionError } from "../errors.ts";
import type { FrameDecoder } from "../protocol/frame.ts";
import { lostConnection } from "./lost_connection.ts";

/** The error of a connection that the server closed, perhaps in the middle of a frame. */
export function endOfStream(address: string, decoder: FrameDecoder): NameServerConnectionError {
  const inside = decoder.bufferedBytes === 0 ? "" : ` inside a frame, after ${decoder.progress}`;
  return lostConnection(address, `the server closed it${inside}`);
}
