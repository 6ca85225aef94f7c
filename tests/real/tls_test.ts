import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { connect, NameServerError, type TlsOptions } from "../../mod.ts";
import { test, type TestOptions } from "../harness.ts";
import { makeCertificates } from "../socket/certificates.ts";
import { startNameServer } from "./name_server.ts";
import { realTier } from "./tier.ts";
import { writeTlsFiles } from "./tls_files.ts";
import type { RocketMqVersion } from "./versions.ts";

const tier = realTier();
const certificates = tier.skip === undefined ? await makeCertificates() : undefined;
const options: TestOptions = certificates === undefined ? { skip: tier.skip ?? "there is no openssl to make certificates with" } : tier;

/** Runs with a NameServer that speaks nothing but TLS, with a certificate of the test's own CA. */
async function withTlsServer(
  version: RocketMqVersion,
  clientAuth: "none" | "require",
  body: (address: string) => Promise<void>,
): Promise<void> {
  using files = writeTlsFiles(certificates!, clientAuth);
  const { ca, client } = certificates!;
  const isReady = (address: string): Promise<boolean> => lists(address, { caCerts: [ca], client });
  await using server = await startNameServer({ version, jvmOptions: files.jvmOptions, isReady });
  await body(server.address);
}

/** Whether a client with these options can read. @throws What keeps it from doing so. */
async function lists(address: string, tls: TlsOptions): Promise<boolean> {
  await using client = await connect(address, { tls, timeoutMs: 10_000 });
  return Array.isArray(await client.listTopics());
}

/** What keeps a client from reading: of `connect` or of the first call, as the handshake of the runtime has it. */
async function refusal(address: string, tls: TlsOptions | undefined): Promise<NameServerError> {
  const error = await assertRejects(async () => {
    await using client = await connect(address, { ...(tls && { tls }), retries: 0, timeoutMs: 10_000 });
    await client.listTopics();
  }, NameServerError);
  const [first = error] = (error as { readonly errors?: readonly NameServerError[] }).errors ?? [];
  return first;
}

for (const version of ["4.9.7", "5.3.3"] as const) {
  test(
    `connect() reads a real ${version} server that enforces TLS, and is refused by nothing but TLS`,
    () =>
      withTlsServer(version, "none", async (address) => {
        const { ca, otherCa } = certificates!;
        assert(await lists(address, { caCerts: [ca] }));
        assert(await lists(address, { caCerts: [otherCa, ca], serverName: "ns.test" }));
        for (const tls of [{ caCerts: [otherCa] }, {}, { caCerts: [ca], serverName: "other.test" }]) {
          const error = await refusal(address, tls);
          assertEquals([error.code, error.address], ["NAMESRV_TLS", address], error.message);
        }
        const plain = await refusal(address, undefined); // it closes the connection without a word
        assertEquals([plain.code, plain.address], ["NAMESRV_CONNECTION_LOST", address], plain.message);
        assertStringIncludes(plain.message, "the server closed it before it said anything, as one does that takes nothing but TLS");
      }),
    options,
  );
}

test(
  "connect() makes itself known to a real 5.3.3 server that wants a client's certificate",
  () =>
    withTlsServer("5.3.3", "require", async (address) => {
      const { ca, client } = certificates!;
      assert(await lists(address, { caCerts: [ca], client }));
      const { code, message } = await refusal(address, { caCerts: [ca] });
      assert(code === "NAMESRV_TLS" || code === "NAMESRV_CONNECTION_LOST", message);
    }),
  options,
);
