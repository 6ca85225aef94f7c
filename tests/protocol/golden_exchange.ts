import { decodeCommand } from "../../src/protocol/decode_command.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { goldenRows } from "../golden/golden_rows.ts";
import { fromHex } from "../golden/hex.ts";

/** One recorded frame, its length word included. */
export interface GoldenFrame {
  /** Of the row; answers of a pipeline have their index behind it. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Every recorded answer, and the request that a broker pushed: 733 frames. */
export const goldenAnswers: readonly GoldenFrame[] = goldenRows.flatMap(({ name, responseHex, responsesHex = [] }) => [
  ...(responseHex === null || responseHex === undefined ? [] : [{ name, bytes: fromHex(responseHex) }]),
  ...responsesHex.map((hex, i) => ({ name: `${name}#${i}`, bytes: fromHex(hex) })),
]);

/** The one command in a frame. @throws {NameServerProtocolError} If it cannot be read. @throws {Error} If the bytes are not one frame. */
export function decodeOnly(bytes: Uint8Array): RemotingCommand {
  const decoder = new FrameDecoder();
  const frames = decoder.push(bytes);
  if (frames.length !== 1 || decoder.bufferedBytes !== 0) throw new Error(`Cannot take ${frames.length} frames for one`);
  return decodeCommand(frames[0]!);
}
