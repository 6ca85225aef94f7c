import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import process from "node:process";
import type { TestOptions } from "../../harness.ts";
import { freePort, isFree } from "../../real/free_port.ts";
import { GuardedProcess } from "../../real/guarded_process.ts";

/** A real Redis on a free loopback port, which keeps nothing and ends with the test, or with this process. */
export class RedisServer implements AsyncDisposable {
  readonly url: string;
  readonly #process: GuardedProcess;

  private constructor(port: number, child: GuardedProcess) {
    this.url = `redis://127.0.0.1:${port}`;
    this.#process = child;
  }

  /** Starts one, and waits until it accepts connections. @throws {Error} If it ends instead; with what it wrote. */
  static async start(): Promise<RedisServer> {
    const port = await freePort();
    const child = new GuardedProcess({
      parentFolder: tmpdir(),
      command: (
        folder,
      ) => ["redis-server", "--bind", "127.0.0.1", "--port", `${port}`, "--save", "", "--appendonly", "no", "--dir", folder],
    });
    while (await isFree(port)) {
      if (!child.running) {
        const error = new Error(`Cannot start redis-server: ${child.log}`);
        await child.stop();
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return new RedisServer(port, child);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#process.stop();
  }
}

/** Whether tests on a real Redis run here. With `CI=true` they always do. @throws {Error} When `CI=true` and there is no redis-server. */
export function redisTier(): TestOptions {
  const found = process.platform !== "win32" && spawnSync("redis-server", ["--version"], { stdio: "ignore" }).status === 0;
  if (found) return { timeoutMs: 60_000 };
  if (process.env.CI === "true") throw new Error("Cannot skip the tests on Redis, for CI is true: no redis-server on the PATH");
  return { skip: "no redis-server on the PATH" };
}
