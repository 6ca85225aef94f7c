import { spawnSync } from "node:child_process";
import process from "node:process";
import type { TestOptions } from "../harness.ts";
import type { Environment } from "./guarded_process.ts";
import { hasJars } from "./jars.ts";
import { VERSIONS } from "./versions.ts";

/**
 * Whether tests against real servers run here, as the options of `test()`. They need Java 8+, and Maven unless the jars are there
 * already. Without, they are skipped; why is said once, on standard error. `RMQ_REAL=0` skips them by hand. With `CI=true` they always run.
 *
 * @throws {Error} When `CI=true` and something is missing.
 */
export function realTier(env: Record<string, string | undefined> = process.env): TestOptions {
  const ci = env.CI === "true";
  const reason = !ci && env.RMQ_REAL === "0" ? "RMQ_REAL is 0" : missing(env);
  if (reason === undefined) return { timeoutMs: TEST_TIMEOUT_MS };
  if (ci) throw new Error(`Cannot skip the real-server tests, for CI is true: ${reason}`);
  tellOnce(reason, env);
  return { skip: "no real servers" };
}

/** Several servers in a row on a slow machine. */
const TEST_TIMEOUT_MS = 300_000;

/** Set once the reason was told, for the processes below this one too. */
const TOLD = "RMQ_REAL_TOLD";

function tellOnce(reason: string, env: Record<string, string | undefined>): void {
  if (env[TOLD] === undefined) console.error(`Real-server tests are skipped: ${reason}`);
  env[TOLD] = "1";
}

function missing(env: Environment): string | undefined {
  if (env.RMQ_REAL_SERVERS !== undefined) return undefined; // they run already
  if (process.platform === "win32") return "their starter needs a POSIX shell";
  if (!runs("java -version", env)) return "no java on the PATH";
  if (!VERSIONS.every((version) => hasJars(version, env)) && !runs("mvn -v", env)) return "no mvn on the PATH, and no jars in the cache";
  return undefined;
}

/** Through the shell, as servers are started: it searches the PATH that is given. */
function runs(command: string, env: Environment): boolean {
  return spawnSync("/bin/sh", ["-c", command], { stdio: "ignore", env: { ...env } }).status === 0;
}
