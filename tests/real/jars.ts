import { existsSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { setTimeout as delay } from "node:timers/promises";
import { type Environment, GuardedProcess } from "./guarded_process.ts";
import type { RocketMqVersion } from "./versions.ts";

/**
 * Gives the folder with the jars of a version; downloads them from Maven Central first if need be. Any number of processes may ask at once:
 * one downloads at a time, and the folder appears by a rename, so whoever sees it sees it whole.
 *
 * @throws {Error} When Maven fails: with the end of what it said.
 */
export async function ensureJars(version: RocketMqVersion, env: Environment = process.env): Promise<string> {
  const cache = cacheFolder(env);
  const jars = join(cache, `rocketmq-${version}`);
  if (existsSync(jars)) return jars;
  mkdirSync(cache, { recursive: true });
  const unlock = await lock(join(cache, "lock"));
  try {
    if (!existsSync(jars)) await download(version, jars, env);
  } finally {
    unlock();
  }
  return jars;
}

/** Whether {@link ensureJars} needs no Maven for this version. */
export function hasJars(version: RocketMqVersion, env: Environment = process.env): boolean {
  return existsSync(join(cacheFolder(env), `rocketmq-${version}`));
}

function cacheFolder({ RMQ_JARS_DIR, XDG_CACHE_HOME }: Environment): string {
  return RMQ_JARS_DIR || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "rmq-nameserver");
}

async function download(version: RocketMqVersion, jars: string, env: Environment): Promise<void> {
  console.error(`Downloading RocketMQ ${version} to ${jars}`);
  await using maven = new GuardedProcess({
    parentFolder: dirname(jars), // a rename does not cross file systems
    env,
    command: (folder) => mavenCommand(version, join(folder, "jars")),
  });
  await maven.exited;
  if (maven.exitStatus !== 0) {
    throw new Error(`Cannot download RocketMQ ${version}: mvn ended with ${maven.exitStatus}\n${maven.log.slice(-2000)}`);
  }
  publish(join(maven.folder, "jars"), jars);
}

function publish(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!existsSync(to)) throw error; // another process was faster
  }
}

function mavenCommand(version: RocketMqVersion, outputDirectory: string): readonly string[] {
  const pom = fileURLToPath(new URL("./pom.xml", import.meta.url));
  const properties = [
    `-Drocketmq.version=${version}`,
    `-DoutputDirectory=${outputDirectory}`,
    "-DincludeScope=runtime",
    "-Dstyle.color=never",
  ];
  return ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", ...properties];
}

/**
 * Takes the lock, a symbolic link that names its owner's pid: made in one step, and it tells whether the owner lives. Should two processes
 * take over a dead one's lock at the same moment, both download, and one download is thrown away: the rename is what keeps the jars whole.
 */
async function lock(path: string): Promise<() => void> {
  while (!tryLock(path)) {
    const owner = readOwner(path);
    if (owner !== undefined && !isAlive(owner)) rmSync(path, { force: true });
    await delay(100);
  }
  return () => rmSync(path, { force: true });
}

function tryLock(path: string): boolean {
  try {
    symlinkSync(String(process.pid), path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readOwner(path: string): number | undefined {
  try {
    return Number(readlinkSync(path));
  } catch {
    return undefined; // released meanwhile
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
