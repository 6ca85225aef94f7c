import { NameServerProtocolError } from "../errors.ts";
import { readUsualAnswerHeader } from "./answer_header.ts";
import { type CommandDraft, fromPeer, type RemotingCommand } from "./command.ts";
import { readJsonHeader } from "./json_header.ts";
import { readRocketmqHeader } from "./rocketmq_header.ts";

const HEADER_START = 4;

/**
 * Reads a frame as `FrameDecoder` yields it: without the length word, by its own type byte.
 *
 * @param frame Its bytes; the command's `body` is a view of them.
 * @param address The peer, for messages: `host:port`.
 * @throws {NameServerProtocolError} If the header is longer than the frame, of an unknown type, or cannot be read.
 */
export function decodeCommand(frame: Uint8Array, address?: string): RemotingCommand {
  const end = headerEnd(frame, 0, frame.length, address);
  const command = decodeHeader(frame, 0, end, address);
  command.body = frame.subarray(end);
  return command;
}

/**
 * Where the header ends of the frame that lies in `bytes` from `start` to `end`: its body follows.
 *
 * @throws {NameServerProtocolError} If the header is longer than the frame.
 */
export function headerEnd(bytes: Uint8Array, start: number, end: number, address: string | undefined): number {
  const size = end - start;
  if (size < HEADER_START) fail(address, `${size} bytes hold no header word`);
  const length = (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  if (HEADER_START + length > size) fail(address, `header length ${length} exceeds frame length ${size}`);
  return start + HEADER_START + length;
}

/**
 * The command whose frame begins at `start` and whose header ends at `end`, but for its body.
 *
 * @throws {NameServerProtocolError} If the header is of an unknown type, or cannot be read.
 */
export function decodeHeader(bytes: Uint8Array, start: number, end: number, address: string | undefined): CommandDraft {
  const at = start + HEADER_START;
  switch (bytes[start]) {
    case 0:
      return readUsualAnswerHeader(bytes, at, end) ?? readJsonHeader(bytes.subarray(at, end), address);
    case 1:
      return readRocketmqHeader(bytes.subarray(at, end), address);
    default:
      return fail(address, `header type ${bytes[start]} is neither 0 (JSON) nor 1 (binary)`);
  }
}

function fail(address: string | undefined, reason: string): never {
  throw new NameServerProtocolError(`Cannot decode frame${fromPeer(address)}: ${reason}`, { code: "NAMESRV_MALFORMED_FRAME" });
}
