import { assertEquals } from "@std/assert";
import { decodeCommand, encodeCommand, requests } from "../../src/protocol.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { Peer } from "./peer.ts";

const REQUEST = encodeCommand(requests.getBrokerClusterInfo.encode());
const PROXY_V1 = new TextEncoder().encode("PROXY TCP4 10.9.8.7 127.0.0.1 5555 9876\r\n");
// Version 2, LOCAL, unspecified, 3 bytes of addresses
const PROXY_V2 = Uint8Array.of(13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10, 0x20, 0x00, 0, 3, 1, 2, 3);

/** The code of the answer to the bytes, each sent by itself; `null` where the connection ends. */
async function answerCode(server: EmbeddedNameServer, bytes: readonly Uint8Array[]): Promise<number | null> {
  using peer = await Peer.dial(server.adapter, server.address);
  for (const part of bytes) for (const byte of part) await peer.socket.write(Uint8Array.of(byte)).catch(() => {});
  const frame = await peer.frame();
  return frame && decodeCommand(frame).code;
}

test("EmbeddedNameServer emulating 5.x passes over PROXY protocol, versions 1 and 2", async () => {
  await using server = new EmbeddedNameServer({ emulate: "5.5.0" });
  assertEquals(await answerCode(server, [PROXY_V1, REQUEST]), 0);
  assertEquals(await answerCode(server, [PROXY_V2, REQUEST]), 0);
});

test("EmbeddedNameServer emulating 5.x closes where a PROXY line does not end", async () => {
  await using server = new EmbeddedNameServer({ emulate: "5.3.3" });
  assertEquals(await answerCode(server, [PROXY_V1.subarray(0, -2), new Uint8Array(100).fill(32), REQUEST]), null);
});

test("EmbeddedNameServer emulating 4.9.7 closes at PROXY protocol", async () => {
  await using server = new EmbeddedNameServer({ emulate: "4.9.7" });
  assertEquals(await answerCode(server, [PROXY_V1, REQUEST]), null);
});

test("EmbeddedNameServer emulating 5.x looks at nothing before the twelfth byte", async () => {
  await using server = new EmbeddedNameServer({ emulate: "5.3.3" });
  using peer = await Peer.dial(server.adapter, server.address);
  const broken = Uint8Array.of(0, 0, 0, 6, 2, 0, 0, 2, 0x7b, 0x7d); // a frame of header type 2
  await peer.socket.write(broken);
  await peer.socket.write(Uint8Array.of(0)); // still open
  await peer.socket.write(Uint8Array.of(0));
  assertEquals(await peer.frame(), null);
});
