import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { connect, createRemote, NameServerConnectionError, type TlsOptions } from "../../mod.ts";
import { NameServerError, NameServerProtocolError, NameServerTimeoutError, NameServerUnavailableError } from "../../src/errors.ts";
import { createRequest } from "../../src/protocol/command.ts";
import { listenOnLoopback, type PeerTls } from "../../src/server/contract/loopback_peer.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { RemoteBench, textOf } from "../remote/remote_bench.ts";
import { succeed } from "../remote/scripted_peer.ts";
import { makeCertificates } from "../socket/certificates.ts";
import { fault } from "./fault.ts";

const certificates = await makeCertificates();
const noOpenssl = { skip: certificates === undefined ? "there is no openssl to make certificates with" : undefined };

/** A peer that says this is named, whether its bytes come as the answer or one by one and unasked; the next server answers then. */
async function assertNamed(bytes: Uint8Array | string, code: string, says: string): Promise<void> {
  const words = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  await using bench = new RemoteBench({ serve: (_, connection) => connection.send(words) });
  const error = await assertRejects(() => bench.read(), NameServerProtocolError);
  assertEquals([error.code, error.address, error.operation, error.retryable], [code, "a:1", "listTopics", false]);
  assertStringIncludes(error.message, 'Cannot decode stream from "a:1": ');
  assertStringIncludes(error.message, says);
  assertEquals([bench.peer.dials.length, bench.peer.open.length], [1, 0]);
  await assertNamedBytewise(words, code);
}

async function assertNamedBytewise(words: Uint8Array, code: string): Promise<void> {
  await using bench = new RemoteBench({ addresses: "a:1;b:1", options: { retries: 0, backoff: () => 60_000 } });
  const call = bench.read();
  const connection = await bench.peer.connections.at(0);
  for (const byte of words) connection.send(Uint8Array.of(byte));
  assertEquals((await assertRejects(() => call, NameServerProtocolError)).code, code);
  bench.peer.serve = succeed;
  assertEquals(textOf(await bench.read()), "b:1");
}

fault(
  54,
  "a peer that speaks HTTP is named",
  () => assertNamed("HTTP/1.1 400 Bad Request\r\n\r\n", "NAMESRV_WRONG_PROTOCOL", "the peer speaks HTTP ("),
);

fault(
  54,
  "a peer that speaks HTTP/2 is named",
  () => assertNamed(Uint8Array.of(0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 128), "NAMESRV_WRONG_PROTOCOL", "the peer speaks HTTP/2 ("),
);

fault(
  54,
  "a peer that speaks SSH is named",
  () => assertNamed("SSH-2.0-OpenSSH_9.6\r\n", "NAMESRV_WRONG_PROTOCOL", "the peer speaks SSH ("),
);

fault(
  54,
  "a peer that speaks Redis is named",
  () => assertNamed("-ERR unknown command\r\n", "NAMESRV_WRONG_PROTOCOL", "the peer speaks Redis ("),
);

fault(
  55,
  "a TLS alert is a server that wants TLS",
  () => assertNamed(Uint8Array.of(0x15, 3, 3, 0, 2, 2, 70), "NAMESRV_TLS", "the server wants TLS"),
);

fault(
  55,
  "a TLS handshake is a server that wants TLS",
  () => assertNamed(Uint8Array.of(0x16, 3, 1, 2, 0, 1), "NAMESRV_TLS", "the server wants TLS"),
);

fault(54, "several peers that speak something else give one error each", async () => {
  await using bench = new RemoteBench({
    addresses: "a:1;b:1",
    serve: (_, connection) => connection.send(new TextEncoder().encode("HTTP/1.1 400")),
  });
  const error = await assertRejects(() => bench.read(), NameServerUnavailableError);
  assertEquals(error.errors.map((one) => [one.address, one.code]), [["a:1", "NAMESRV_WRONG_PROTOCOL"], ["b:1", "NAMESRV_WRONG_PROTOCOL"]]);
  assertEquals(bench.peer.dials, ["a:1", "b:1"]);
});

/** A client refuses a server with this certificate, and sends nothing over the connection, with TLS or without. */
async function assertRefused(server: PeerTls, tls: TlsOptions | true): Promise<void> {
  const peer = await listenOnLoopback(server);
  try {
    const address = `${peer.endpoint.hostname}:${peer.endpoint.port}`;
    await using remote = createRemote(address, { tls });
    const error = await assertRejects(() => remote.request(createRequest(206), { idempotent: true }), NameServerConnectionError);
    assertEquals([error.code, error.address, error.operation, error.retryable], ["NAMESRV_TLS", address, "listTopics", false]);
    assertStringIncludes(error.message, address);
    assert(error.cause instanceof Error);
    assertEquals(peer.acceptedCount, 0);
  } finally {
    await peer.close();
  }
}

fault(
  56,
  "a certificate whose time is over is refused",
  () => assertRefused(certificates!.expired, { caCerts: [certificates!.ca] }),
  noOpenssl,
);

fault(
  56,
  "a certificate of another host is refused",
  () => assertRefused(certificates!.otherHost, { caCerts: [certificates!.ca] }),
  noOpenssl,
);

fault(56, "a certificate of an authority that nobody knows is refused, and of another than was named", async () => {
  await assertRefused(certificates!.server, true);
  await assertRefused(certificates!.server, { caCerts: [certificates!.otherCa] });
}, noOpenssl);

fault(57, "a server without TLS is told as such within the deadline, and is not asked in plain", async () => {
  for (const emulate of ["4.9.7", "5.3.3", "5.5.0"] as const) {
    await using server = new EmbeddedNameServer({ emulate });
    const { address } = await server.listen();
    await using remote = createRemote(address, { tls: true, timeoutMs: 20_000, connectTimeoutMs: 20_000 });
    const error = await assertRejects(() => remote.request(createRequest(206)), NameServerConnectionError);
    assertEquals([error.code, error.address, error.retryable, server.received], ["NAMESRV_TLS", address, false, []]);
  }
});

fault(57, "a server that says nothing to a handshake ends the call by its deadline", async () => {
  const peer = await listenOnLoopback();
  try {
    const address = `${peer.endpoint.hostname}:${peer.endpoint.port}`;
    const connecting = connect(address, { tls: true, connectTimeoutMs: 200 });
    const error = await assertRejects(() => connecting, NameServerError);
    assertStringIncludes(error.message, address);
    await using remote = createRemote(address, { tls: true });
    await assertRejects(() => remote.request(createRequest(206), { timeoutMs: 200 }), NameServerTimeoutError, address);
  } finally {
    await peer.close();
  }
});
