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
  return decodeDraft(frame, address);
}

/** {@link decodeCommand} for who receives: may still change what it got. */
export function decodeDraft(frame: Uint8Array, address: string | undefined): CommandDraft {
  const end = headerEnd(frame, address);
  const command = readHeader(frame, end, address);
  command.body = frame.subarray(end);
  return command;
}

function headerEnd(frame: Uint8Array, address: string | undefined): number {
  if (frame.length < HEADER_START) fail(address, `${frame.length} bytes hold no header word`);
  const length = (frame[1]! << 16) | (frame[2]! << 8) | frame[3]!;
  if (HEADER_START + length > frame.length) fail(address, `header length ${length} exceeds frame length ${frame.length}`);
  return HEADER_START + length;
}

function readHeader(frame: Uint8Array, end: number, address: string | undefined): CommandDraft {
  switch (frame[0]) {
    case 0:
      return readUsualAnswerHeader(frame, HEADER_START, end) ?? readJsonHeader(frame.subarray(HEADER_START, end), address);
    case 1:
      return readRocketmqHeader(frame.subarray(HEADER_START, end), address);
    default:
      return fail(address, `header type ${frame[0]} is neither 0 (JSON) nor 1 (binary)`);
  }
}

function fail(address: string | undefined, reason: string): never {
  throw new NameServerProtocolError(`Cannot decode frame${fromPeer(address)}: ${reason}`, { code: "NAMESRV_MALFORMED_FRAME" });
}
