import { setTimeout as delay } from "node:timers/promises";
import { type JavaServer, startNameServer } from "../real/start.ts";
import type { Trouble } from "./schedule.ts";
import type { SoakServer } from "./soak_server.ts";

const VERSION = "5.3.3";

/** A real NameServer, which knows no topic: it answers reads with 17. */
export class RealProcess implements SoakServer {
  readonly name: string = `real ${VERSION}`;
  readonly address: string;
  readonly troubles: readonly Trouble[] = ["kill", "restart empty", "freeze"];
  #server: JavaServer;

  private constructor(server: JavaServer) {
    this.#server = server;
    this.address = server.address;
  }

  /** Starts one and waits until it answers. */
  static async start(): Promise<RealProcess> {
    return new RealProcess(await startNameServer({ version: VERSION }));
  }

  async suffer(trouble: Trouble, forMs: number): Promise<void> {
    if (trouble === "freeze") {
      this.#server.freeze();
      await delay(forMs);
      return this.#server.thaw();
    }
    await this.#server.stop();
    if (trouble === "kill") await delay(forMs);
    this.#server = await startNameServer({ version: VERSION, port: this.#server.port });
  }

  duplicates(): readonly string[] {
    return []; // nothing tells
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#server.stop();
  }
}
