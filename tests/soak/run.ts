/**
 * Troubles three servers under load, and says whether every promise was kept; exits with 1 if one was not.
 *
 *   deno task soak [--seconds 600] [--seed N] [--calls 500] [--embedded]
 *
 * Two of the servers are embedded ones in processes of their own, one is real where there is Java; with `--embedded` none is.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { runtime } from "../harness.ts";
import { realTier } from "../real/tier.ts";
import { EmbeddedProcess } from "./embedded_process.ts";
import { RealProcess } from "./real_process.ts";
import { soak } from "./soak.ts";
import type { SoakServer } from "./soak_server.ts";
import { verdict } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "600" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    calls: { type: "string", default: "500" },
    embedded: { type: "boolean", default: false },
  },
});
const seconds = Number(values.seconds), seed = Number(values.seed), callsPerSecond = Number(values.calls);
const log = (line: string): void => console.log(line);

log(`soak: ${seconds} s, ${callsPerSecond} calls/s, seed ${seed}, ${runtime}`);
const servers: SoakServer[] = [];
try {
  servers.push(await EmbeddedProcess.start("embedded 1", seed + 1));
  servers.push(await EmbeddedProcess.start("embedded 2", seed + 2));
  servers.push(await startThird());
  const { lines, broken } = verdict(await soak({ seconds, seed, callsPerSecond, servers, log }));
  for (const line of [...lines, ...broken.map((line) => `BROKEN: ${line}`)]) log(line);
  log(broken.length === 0 ? "every promise was kept" : `${broken.length} promises were broken`);
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  for (const server of servers) await server[Symbol.asyncDispose]();
}

async function startThird(): Promise<SoakServer> {
  const skip = values.embedded ? "--embedded was given" : realTier().skip;
  if (skip === undefined) return await RealProcess.start();
  log(`no real server takes part: ${skip}`);
  return await EmbeddedProcess.start("embedded 3", seed + 3);
}
