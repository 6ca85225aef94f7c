import type { RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { fromHex } from "../golden/hex.ts";

/** The one command in recorded bytes; `undefined` where they are none, or several, or can't be read. */
export function onlyCommand(hex: string | null): RemotingCommand | undefined {
  if (hex === null) return undefined;
  try {
    const frames = new FrameDecoder().push(fromHex(hex));
    return frames.length === 1 ? decodeCommand(frames[0]!) : undefined;
  } catch {
    return undefined;
  }
}
