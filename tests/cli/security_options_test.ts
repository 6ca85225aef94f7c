import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Misuse } from "../../src/cli/misuse.ts";
import { securityOf } from "../../src/cli/security_options.ts";
import { EmbeddedNameServer } from "../../src/testing.ts";
import { test } from "../harness.ts";
import { makeCertificates } from "../socket/certificates.ts";
import { ServerProcess } from "../sync/server_process.ts";
import { namesrv } from "./namesrv.ts";

const certificates = await makeCertificates();
const TLS = { timeoutMs: 60_000, skip: certificates === undefined ? "there is no openssl to make certificates with" : undefined };

/** Runs with files of these texts, and gives their names. */
async function withFiles(texts: readonly string[], body: (...names: readonly string[]) => Promise<void> | void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "namesrv-"));
  try {
    const names = texts.map((_, i) => join(folder, `${i}.pem`));
    await Promise.all(names.map((name, i) => writeFile(name, texts[i]!)));
    await body(...names);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("namesrv --ca-file and --server-name speak TLS with a server of that authority, and refuse one of another", async () => {
  await using servers = await ServerProcess.start();
  const { ca, otherCa, server, otherHost } = certificates!;
  const [address, elsewhere] = [await servers.listenTls(server), await servers.listenTls(otherHost)];
  await withFiles([ca, otherCa], async (ours = "", others = "") => {
    assertEquals((await namesrv("cluster", "-n", address, "--ca-file", ours)).status, 0);
    assertEquals((await namesrv("cluster", "-n", elsewhere, "--ca-file", ours, "--server-name", "other.test")).status, 0);
    const { status, errors } = await namesrv("cluster", "-n", address, "--ca-file", others);
    assertEquals(status, 1);
    assertStringIncludes(errors, `Cannot set up TLS with "${address}"`);
  });
}, TLS);

test("securityOf() gives the files' texts, and TLS only where an option asks for it", () =>
  withFiles(["CA", "CERT", "KEY"], (caFile = "", certFile = "", keyFile = "") => {
    assertEquals(securityOf({}), {});
    assertEquals(securityOf({ tls: true }), { tls: {} });
    const client = { cert: "CERT", key: "KEY" };
    assertEquals(securityOf({ caFile, certFile, keyFile, serverName: "ns" }), { tls: { serverName: "ns", caCerts: ["CA"], client } });
  }));

test("securityOf() refuses a file that can't be read, a certificate without a key, and an access key without its secret", () => {
  assertThrows(() => securityOf({ caFile: "/nowhere/ca.pem" }), Misuse, 'Cannot read --ca-file "/nowhere/ca.pem": ');
  for (const half of [{ certFile: "c.pem" }, { keyFile: "k.pem" }]) {
    assertThrows(() => securityOf(half), Misuse, "Cannot show a certificate: --cert-file goes with --key-file");
  }
  assertThrows(() => securityOf({ accessKey: "me" }), Misuse, "Cannot sign requests: ROCKETMQ_SECRET_KEY is not set");
});

test("namesrv --access-key signs requests with the secret of the environment", async () => {
  await using server = new EmbeddedNameServer();
  const { address } = await server.listen();
  process.env["ROCKETMQ_SECRET_KEY"] = "12345678";
  try {
    assertEquals((await namesrv("cluster", "-n", address, "--access-key", "RocketMQ")).status, 0);
  } finally {
    delete process.env["ROCKETMQ_SECRET_KEY"];
  }
  const [{ extFields }] = server.received as [typeof server.received[0]];
  assertEquals(Object.keys(extFields), ["AccessKey", "Signature"]);
  assertEquals(extFields["AccessKey"], "RocketMQ");
});
