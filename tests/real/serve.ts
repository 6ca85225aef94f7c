/**
 * Runs a command with real servers of every version: `deno run -A tests/real/serve.ts -- COMMAND…`. The command and all below it find them
 * through `sharedCluster()`, so that three runtimes need not start them three times. Exits as the command did.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import process from "node:process";
import { type Cluster, startCluster } from "./cluster.ts";
import { describeCluster } from "./shared_cluster.ts";
import { realTier } from "./tier.ts";
import { VERSIONS } from "./versions.ts";

const USAGE_EXIT = 64; // EX_USAGE of sysexits.h

process.exitCode = await main(process.argv.slice(2).filter((each, index) => index > 0 || each !== "--"));

async function main(command: readonly string[]): Promise<number> {
  if (command.length === 0) {
    console.error("Usage: deno run -A tests/real/serve.ts -- COMMAND…");
    return USAGE_EXIT;
  }
  if (realTier().skip !== undefined) return await run(command);
  const clusters = await startAll();
  process.env.RMQ_REAL_SERVERS = JSON.stringify(clusters.map(describeCluster));
  try {
    return await run(command);
  } finally {
    await Promise.all(clusters.map((each) => each.stop()));
  }
}

/** One version after the other: all at once would only fight for the processors. */
async function startAll(): Promise<readonly Cluster[]> {
  const clusters: Cluster[] = [];
  for (const version of VERSIONS) {
    const start = performance.now();
    clusters.push(await startCluster({ version }));
    console.error(`RocketMQ ${version} serves after ${Math.round(performance.now() - start)} ms`);
  }
  return clusters;
}

/** Gives the exit code, in a shell's way where a signal ended the command. The servers stay until the command has ended. */
async function run([program, ...args]: readonly string[]): Promise<number> {
  const child = spawn(program!, args, { stdio: "inherit" });
  const terminate = () => void child.kill("SIGTERM");
  const interrupt = () => {}; // a terminal interrupts the command too, which decides what that means
  process.on("SIGTERM", terminate).on("SIGINT", interrupt);
  try {
    const [code, signal] = await once(child, "exit") as [number | null, NodeJS.Signals | null];
    return code ?? 128 + constants.signals[signal!];
  } finally {
    process.off("SIGTERM", terminate).off("SIGINT", interrupt);
  }
}
