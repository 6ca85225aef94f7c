import { assertEquals, assertRejects } from "@std/assert";
import { type NameServerError, NameServerUnavailableError } from "../../mod.ts";
import { test } from "../harness.ts";
import { makeCertificates } from "../socket/certificates.ts";
import { CLIENTS } from "./either_client.ts";
import { ServerProcess } from "./server_process.ts";

const certificates = await makeCertificates();
const OPTIONS = { timeoutMs: 60_000, skip: certificates === undefined ? "there is no openssl to make certificates with" : undefined };

for (const [kind, connect] of CLIENTS) {
  test(`${kind}: TLS, of an authority that is given`, async () => {
    await using servers = await ServerProcess.start();
    const { ca, server } = certificates!;
    const address = await servers.listenTls(server);
    await using client = await connect(address, { tls: { caCerts: [ca] }, timeoutMs: 30_000 });
    const value = "x".repeat(1_000_000);
    await client.putKvConfig({ namespace: "n", key: "k", value });
    assertEquals(await client.getKvConfig({ namespace: "n", key: "k" }), value);
  }, OPTIONS);
}

test("both clients say the same of servers whose TLS is not as it should be", async () => {
  await using servers = await ServerProcess.start();
  const { ca, otherCa, server, otherHost, expired } = certificates!;
  const scripts = [
    [await servers.listenTls(server), { caCerts: [otherCa] }],
    [await servers.listenTls(otherHost), { caCerts: [ca] }],
    [await servers.listenTls(expired), { caCerts: [ca] }],
    [await servers.listenTls(server), { caCerts: [ca], serverName: "elsewhere.test" }],
  ] as const;
  for (const [address, tls] of scripts) {
    const said: unknown[] = [];
    for (const [, connect] of CLIENTS) {
      const error = await assertRejects(() => connect(address, { tls, timeoutMs: 20_000 }), NameServerUnavailableError);
      said.push(error.errors.map((one: NameServerError) => [one.code, one.message, one.address]));
    }
    assertEquals((said[0] as string[][])[0]![0], "NAMESRV_TLS");
    assertEquals(said[1], said[0]);
  }
}, OPTIONS);
