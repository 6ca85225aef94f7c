import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runtime } from "../harness.ts";
import { ask } from "../real/ask.ts";
import { freePort } from "../real/free_port.ts";
import { GuardedProcess } from "../real/guarded_process.ts";
import type { Trouble } from "./schedule.ts";
import { DUPLICATE, type Orders } from "./orders.ts";
import type { SoakServer } from "./soak_server.ts";

const READY_MS = 60_000;
const POLL_MS = 25;

const START: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--quiet", "--allow-all"],
  bun: ["run"],
  node: ["--import", "tsx"],
};

/** An embedded NameServer in a process of its own, which ends with this one. */
export class EmbeddedProcess implements SoakServer {
  readonly name: string;
  readonly address: string;
  readonly troubles: readonly Trouble[] = ["kill", "restart empty", "freeze", "slow", "garbage"];
  readonly #port: number;
  readonly #controlPort: number;
  readonly #seed: number;
  readonly #duplicates: string[] = [];
  #process: GuardedProcess | undefined;

  private constructor(name: string, port: number, controlPort: number, seed: number) {
    this.name = name;
    this.address = `127.0.0.1:${port}`;
    this.#port = port;
    this.#controlPort = controlPort;
    this.#seed = seed;
  }

  /** Starts one and waits until it answers. @param seed For what it says instead of answers. */
  static async start(name: string, seed: number): Promise<EmbeddedProcess> {
    const server = new EmbeddedProcess(name, await freePort(), await freePort(), seed);
    await server.#run("full");
    return server;
  }

  async suffer(trouble: Trouble, forMs: number): Promise<void> {
    switch (trouble) {
      case "kill":
        await this.#stop();
        await delay(forMs);
        return await this.#run("full");
      case "restart empty":
        await this.#stop();
        return await this.#run("empty");
      case "freeze":
        this.#process?.kill("SIGSTOP");
        await delay(forMs);
        this.#process?.kill("SIGCONT");
        return;
      case "slow":
        await this.order({ delayMs: forMs / 2 });
        await delay(forMs / 2);
        await this.order({});
        return await delay(forMs / 2); // until the last answer that was held back has left
      case "garbage":
        await this.order({ garbage: true });
        await delay(forMs);
        return await this.order({});
    }
  }

  duplicates(): readonly string[] {
    return [...this.#duplicates, ...this.#logged()];
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#stop();
  }

  async #run(topics: "full" | "empty"): Promise<void> {
    const script = fileURLToPath(new URL("server_program.ts", import.meta.url));
    const args = [this.#port, this.#controlPort, topics, this.#seed].map(String);
    this.#process = new GuardedProcess({
      parentFolder: tmpdir(),
      command: () => [process.execPath, ...START[runtime], script, ...args],
    });
    for (const deadline = performance.now() + READY_MS; !await this.#answers();) {
      if (performance.now() > deadline || !this.#process.running) throw new Error(`Cannot start ${this.name}: ${this.#process.log}`);
      await delay(POLL_MS);
    }
  }

  async #answers(): Promise<boolean> {
    return await ask(this.address, 106).then(({ code }) => code === 0, () => false);
  }

  async #stop(): Promise<void> {
    this.#duplicates.push(...this.#logged());
    const ending = this.#process;
    this.#process = undefined;
    await ending?.stop();
  }

  #logged(): readonly string[] {
    return this.#process?.log.split("\n").filter((line) => line.startsWith(DUPLICATE)) ?? [];
  }

  /** Tells it what to do from now on; resolves when that is in force. */
  async order(orders: Orders): Promise<void> {
    const socket = connect({ host: "127.0.0.1", port: this.#controlPort });
    socket.resume().end(JSON.stringify(orders));
    await once(socket, "close");
  }
}
