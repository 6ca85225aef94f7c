import { assertEquals, assertThrows } from "@std/assert";
import { type NameServerErrorCode, NameServerProtocolError } from "../../src/errors.ts";
import { FrameDecoder } from "../../src/protocol/frame.ts";
import { fromHex } from "../golden/hex.ts";
import { test } from "../harness.ts";
import { attempt } from "./attempt.ts";

interface Peer {
  readonly speaks: string;
  readonly opening: Uint8Array;
  readonly code: NameServerErrorCode;
  /** In the message. */
  readonly words: string;
  /** The error comes with this byte at the latest. */
  readonly knownAt: number;
}

const WRONG = "NAMESRV_WRONG_PROTOCOL";

const PEERS: readonly Peer[] = [
  { speaks: "HTTP", opening: ascii("HTTP/1.1 400 Bad Request\r\n\r\n"), code: WRONG, words: "speaks HTTP (", knownAt: 4 },
  { speaks: "HTTP/2 as a client", opening: ascii("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), code: WRONG, words: "speaks HTTP/2 (", knownAt: 4 },
  // SETTINGS: 18 bytes, type 4, no flags, stream 0 — RFC 9113 §6.5
  { speaks: "HTTP/2 as a server", opening: fromHex("000012040000000000000300000064"), code: WRONG, words: "speaks HTTP/2 (", knownAt: 9 },
  { speaks: "SSH", opening: ascii("SSH-2.0-OpenSSH_9.6\r\n"), code: WRONG, words: "speaks SSH (", knownAt: 4 },
  { speaks: "Redis", opening: ascii("-ERR unknown command\r\n"), code: WRONG, words: "speaks Redis (", knownAt: 4 },
  {
    speaks: "Redis that wants a password",
    opening: ascii("-NOAUTH Authentication required.\r\n"),
    code: WRONG,
    words: "speaks Redis (",
    knownAt: 4,
  },
  {
    speaks: "Redis in protected mode",
    opening: ascii("-DENIED Redis is running in protected mode\r\n"),
    code: WRONG,
    words: "speaks Redis (",
    knownAt: 4,
  },
  // alert, TLS 1.2, two bytes: fatal, unexpected message — RFC 8446 §6
  { speaks: "TLS, with an alert", opening: fromHex("1503030002020a"), code: "NAMESRV_TLS", words: "the server wants TLS", knownAt: 4 },
  {
    speaks: "TLS, with a handshake",
    opening: fromHex("16030100c8010000c40303"),
    code: "NAMESRV_TLS",
    words: "the server wants TLS",
    knownAt: 4,
  },
];

for (const { speaks, opening, code, words, knownAt } of PEERS) {
  test(`FrameDecoder.push() tells a peer that speaks ${speaks}, however its first bytes are cut`, () => {
    for (let at = 0; at < opening.length; at++) {
      const decoder = new FrameDecoder();
      const error = assertThrows(
        () => {
          decoder.push(opening.subarray(0, at));
          decoder.push(opening.subarray(at));
        },
        NameServerProtocolError,
        words,
        `cut at ${at}`,
      );
      assertEquals(error.code, code);
    }
  });

  test(`FrameDecoder.push() tells a peer that speaks ${speaks} by byte ${knownAt}, from single bytes`, () => {
    const decoder = new FrameDecoder();
    for (let at = 0; at < knownAt - 1; at++) assertEquals(decoder.push(opening.subarray(at, at + 1)), []);
    assertThrows(() => decoder.push(opening.subarray(knownAt - 1, knownAt)), NameServerProtocolError, words);
  });

  test(`FrameDecoder.push() takes the first bytes of ${speaks} for a length in the middle of a stream`, () => {
    const decoder = new FrameDecoder({ maxFrameBytes: 0x7fffffff });
    decoder.push(fromHex("0000000400000000"));
    const outcome = attempt(() => decoder.push(opening));
    // ASCII has no top bit, so all of these are positive lengths
    assertEquals(outcome, []);
    assertEquals(decoder.bufferedBytes, opening.length);
  });
}

test("FrameDecoder.push() takes lengths that start like a TLS record, but are none, for lengths", () => {
  for (const hex of ["16000000", "16020101", "15030500", "15000000"]) {
    const error = assertThrows(() => new FrameDecoder().push(fromHex(hex)), NameServerProtocolError, "exceeds the limit");
    assertEquals(error.code, "NAMESRV_FRAME_TOO_LARGE");
  }
});

test("FrameDecoder.push() takes lengths that start like HTTP/2 settings, but are none, for lengths", () => {
  // settings come in multiples of six bytes, and for stream 0
  assertEquals(new FrameDecoder().push(fromHex("0000000400000000")).length, 1);
  for (const [length, start] of [[0x604, "0000060400000062"], [0x504, "0000050400000000"]] as const) {
    const frame = new Uint8Array(4 + length);
    frame.set(fromHex(start));
    for (let at = 1; at < 12; at++) {
      const decoder = new FrameDecoder();
      const frames = [...decoder.push(frame.subarray(0, at)), ...decoder.push(frame.subarray(at))];
      assertEquals(frames.map((view) => view.length), [length], `cut at ${at}`);
    }
  }
});

test("FrameDecoder.push() names the peer and its first bytes", () => {
  const decoder = new FrameDecoder({ address: "10.0.0.1:9876" });
  const error = assertThrows(() => decoder.push(ascii("HTTP/1.1 400")), NameServerProtocolError);
  assertEquals(error.message, 'Cannot decode stream from "10.0.0.1:9876": the peer speaks HTTP (its first bytes are "HTTP")');
});

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
