import { assertEquals } from "@std/assert";
import { listenOnLoopback, type PeerTls } from "../../src/server/contract/loopback_peer.ts";
import { test } from "../harness.ts";
import { adaptersHere } from "./adapters_here.ts";
import { makeCertificates } from "./certificates.ts";
import { runHere } from "./run_here.ts";

const certificates = await makeCertificates();
const noOpenssl = certificates === undefined ? "there is no openssl to make certificates with" : undefined;

for (const { name } of await adaptersHere()) {
  test(`${name}Adapter: an open socket does not keep the process alive`, () => assertEndsWhileOpen(name, undefined, {}));

  test(`${name}Adapter: an open socket with tls does not keep the process alive`, async () => {
    await assertEndsWhileOpen(name, certificates!.server, { TEST_CA: certificates!.ca });
  }, { skip: noOpenssl });
}

async function assertEndsWhileOpen(name: string, tls: PeerTls | undefined, env: Readonly<Record<string, string>>): Promise<void> {
  const peer = await listenOnLoopback(tls);
  try {
    const ended = runHere("idle_program.ts", [name, String(peer.endpoint.port)], env);
    const far = await Promise.race([peer.accept(), ended]);
    if (far === null || typeof far === "number") throw new Error(`The program ended with ${far} before it dialled`);
    await far.write((await far.read())!);
    // The connection is never closed on this side.
    assertEquals(await ended, 0);
  } finally {
    await peer.close();
  }
}
