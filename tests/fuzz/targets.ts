import { NameServerError } from "../../src/errors.ts";
import { parseClusterInfo } from "../../src/model/cluster_info.ts";
import { parseTopicRoute } from "../../src/model/topic_route.ts";
import type { RemotingCommand } from "../../src/protocol/command.ts";
import { decodeCommand } from "../../src/protocol/decode_command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { parseLenientJson } from "../../src/protocol/lenient_json.ts";

/** Something that reads bytes of a stranger: gives a value, or throws one of the package's own errors. */
export type Target = (bytes: Uint8Array) => unknown;

/** What is fuzzed, by name. */
export const targets: Readonly<Record<"frame" | "stream" | "body", readonly Target[]>> = {
  /** A frame without its length word. What can be read can be written, and read again. */
  frame: [(bytes) => {
    const command = decodeCommand(bytes);
    decodeCommand(encodeCommand(command, "json").subarray(4));
    if (fitsBinaryHeader(command)) decodeCommand(encodeCommand(command, "rocketmq").subarray(4));
  }],
  /** A stream of frames, cut in two. */
  stream: [(bytes) => {
    const decoder = new FrameDecoder({ maxFrameBytes: 1 << 20 });
    const middle = bytes.length >> 1;
    return [...decoder.push(bytes.subarray(0, middle)), ...decoder.push(bytes.subarray(middle))].map((frame) =>
      decodeCommand(frame.slice())
    );
  }],
  body: [parseLenientJson, parseTopicRoute, parseClusterInfo],
};

/** Runs a target. @throws What it should not have thrown. */
export function survives(target: Target, bytes: Uint8Array): void {
  try {
    target(bytes);
  } catch (error) {
    if (!(error instanceof NameServerError)) throw error;
  }
}

/** A JSON header holds numbers of 32 bits and keys of any length, a binary one of 16 bits and of 32,767 bytes. */
function fitsBinaryHeader({ code, version, extFields }: RemotingCommand): boolean {
  const fits = (value: number): boolean => value === (value << 16) >> 16;
  return fits(code) && fits(version) && Object.keys(extFields).every((key) => key.length < 8192);
}
