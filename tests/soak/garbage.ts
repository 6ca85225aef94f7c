import { createResponse, type RemotingCommand } from "../../src/protocol/command.ts";
import { encodeCommand } from "../../src/protocol/encode_command.ts";
import type { Random } from "../fuzz/mutate.ts";

const GO_AWAY = 1500, BUSY = 2;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Everything a server should not say. */
const KINDS: readonly ((request: RemotingCommand, random: Random) => Uint8Array)[] = [
  () => bytes("HTTP/1.1 502 Bad Gateway\r\n\r\n"),
  () => Uint8Array.of(0x15, 3, 3, 0, 2, 2, 70),
  () => Uint8Array.of(0xff, 0xff, 0xff, 0xff),
  () => Uint8Array.of(0x7f, 0, 0, 0, 0, 0, 0, 1),
  (_, random) => Uint8Array.from({ length: 1 + random(200) }, () => random(256)),
  (request, random) => encodeCommand(createResponse(request)).subarray(0, 1 + random(40)),
  (request) => encodeCommand(createResponse({ ...request, opaque: (request.opaque + 2 ** 30) % 2 ** 31 })),
  (request) => encodeCommand(createResponse(request, { code: GO_AWAY })),
  (request) => encodeCommand(createResponse(request, { code: BUSY, remark: "[OVERLOAD]" })),
  (request) => encodeCommand({ ...createResponse(request), flag: 0 }), // a request, with the opaque of an answer
];

/** Something in place of an answer. */
export function garbageFor(request: RemotingCommand, random: Random): Uint8Array {
  return KINDS[random(KINDS.length)]!(request, random);
}
