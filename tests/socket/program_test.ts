import { assertEquals } from "@std/assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { listenOnLoopback, type PeerTls } from "../../src/server/contract/loopback_peer.ts";
import { test } from "../harness.ts";
import { adaptersHere } from "./adapters_here.ts";
import { makeCertificates } from "./certificates.ts";
import { runHere, type RunHereOptions } from "./run_here.ts";

const certificates = await makeCertificates();
const noOpenssl = certificates === undefined ? "there is no openssl to make certificates with" : undefined;

interface EchoProgram extends RunHereOptions {
  readonly server?: PeerTls;
  readonly ca?: string;
}

/** Runs `echo_program.ts` against a server that never closes the connection, and expects that it ends well. */
async function assertEnds(name: string, { server, ca, ...options }: EchoProgram): Promise<void> {
  const peer = await listenOnLoopback(server);
  try {
    const ended = runHere("echo_program.ts", [name, String(peer.endpoint.port), ...(ca === undefined ? [] : [ca])], options);
    const far = await Promise.race([peer.accept(), ended]);
    if (far === null || typeof far === "number") throw new Error(`The program ended with ${far} before it was connected`);
    await far.write((await far.read())!);
    assertEquals(await ended, 0);
  } finally {
    await peer.close();
  }
}

/** In Deno the adapter for it asks for no more than the network. */
function permissions(name: string): RunHereOptions {
  return name === "deno" ? { denoPermissions: ["--allow-net"] } : {};
}

for (const { name } of await adaptersHere()) {
  test(`${name}Adapter: an open socket does not keep the process alive`, () => assertEnds(name, permissions(name)));

  test(`${name}Adapter: an open socket with tls does not keep the process alive`, async () => {
    await assertEnds(name, { ...permissions(name), server: certificates!.server, ca: certificates!.ca });
  }, { skip: noOpenssl });

  test(`${name}Adapter: connect() with caCerts trusts the usual authorities as well`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "nameserver-ca-"));
    try {
      // Made one of the usual authorities: in Deno by the first variable, elsewhere by the second.
      const file = join(folder, "ca.pem");
      await writeFile(file, certificates!.ca);
      const env = { DENO_CERT: file, NODE_EXTRA_CA_CERTS: file };
      await assertEnds(name, { env, server: certificates!.server, ca: certificates!.otherCa });
    } finally {
      await rm(folder, { recursive: true });
    }
  }, { skip: noOpenssl ?? (tls.getCACertificates === undefined ? "Node before 22.15 does not list NODE_EXTRA_CA_CERTS" : undefined) });
}
