import { EmbeddedNameServer } from "../../src/testing.ts";
import { startNameServer, VERSIONS } from "../real/start.ts";
import type { Subject } from "./stage.ts";

/** What differs from the default configuration: so that nobody has to wait long for what takes servers a while. */
const CONFIG = {
  /** Instead of 120; twice as long as the longest step leaves a broker's connection alone, since a busy machine is slow. */
  serverChannelMaxIdleTimeSeconds: "8",
  /** Instead of 5000; 4.9.7 has no such setting. */
  scanNotActiveBrokerInterval: "250",
  /** Instead of 0.0.0.0; 4.9.7 has no such setting. */
  bindAddress: "127.0.0.1",
};

/** What is in this process answers at once; a real server may have to load code first. */
const SILENCE_MS = { embedded: 50, real: 500 };

/** Does something with an embedded server of each release, on ports of this machine. @param sent Gets the codes of all requests. */
export async function withEmbedded(use: (subjects: readonly Subject[]) => Promise<void>, sent: Set<number>): Promise<void> {
  const servers = VERSIONS.map((version) => ({ version, server: new EmbeddedNameServer({ emulate: version, config: CONFIG }) }));
  try {
    const subjects = servers.map(async ({ version, server }) => {
      return { version, ...await server.listen(), silenceMs: SILENCE_MS.embedded };
    });
    await use(await Promise.all(subjects));
  } finally {
    await Promise.all(servers.map(({ server }) => server[Symbol.asyncDispose]()));
    for (const { server } of servers) server.received.forEach(({ code }) => sent.add(code));
  }
}

/** Starts a real NameServer of each release, without brokers. They end with the process. */
export async function startReal(): Promise<readonly Subject[]> {
  return await Promise.all(VERSIONS.map(async (version) => {
    const server = await startNameServer({ version, config: CONFIG });
    server.unref();
    return { version, address: server.address, silenceMs: SILENCE_MS.real };
  }));
}
