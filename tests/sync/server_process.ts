import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runtime } from "../harness.ts";
import type { Certificate } from "../socket/certificates.ts";
import type { Heard, Listed, SaidFaults, ServerOrder } from "./server_order.ts";

/** How a program of the tests is run in the runtime that runs them. */
export const RUN: Readonly<Record<typeof runtime, readonly string[]>> = {
  deno: ["run", "--allow-net", "--allow-env", "--allow-read", "--no-check"],
  bun: ["run"],
  node: ["--import", "tsx"],
};

/** Embedded NameServers in a process of their own. */
export class ServerProcess implements AsyncDisposable {
  /** Of the servers that were started, in order. */
  readonly addresses: readonly string[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting: ((line: string) => void)[] = [];
  #rest = "";

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.setEncoding("utf8").on("data", (text: string) => this.#read(text));
  }

  /** Starts the process, and servers in it. */
  static async start(count = 1): Promise<ServerProcess> {
    const script = fileURLToPath(new URL("server_program.ts", import.meta.url));
    const child = spawn(process.execPath, [...RUN[runtime], script], { stdio: ["pipe", "pipe", "inherit"] });
    const started = new ServerProcess(child as unknown as ChildProcessWithoutNullStreams);
    for (let server = 0; server < count; server++) await started.add();
    return started;
  }

  /** Starts one more server. @param bare With no broker of its own. */
  async add(bare = false): Promise<string> {
    const address = await this.#ask({ type: "start", server: this.addresses.length, bare }) as string;
    (this.addresses as string[]).push(address);
    return address;
  }

  /** The address of the first server. */
  get address(): string {
    return this.addresses[0]!;
  }

  /** Puts these faults in place of former ones. */
  async setFaults(faults: SaidFaults, server = 0): Promise<void> {
    await this.#ask({ type: "faults", server, faults });
  }

  /** Codes of the requests received, oldest first. */
  async received(server = 0): Promise<readonly number[]> {
    return await this.#ask({ type: "received", server }) as number[];
  }

  /** Heartbeats and goodbyes that were received, oldest first. */
  async heard(server = 0): Promise<readonly Heard[]> {
    return await this.#ask({ type: "heard", server }) as Heard[];
  }

  /** Has a server list a broker. */
  async list(broker: Listed, server = 0): Promise<void> {
    await this.#ask({ type: "list", server, broker });
  }

  async dropConnections(server = 0): Promise<void> {
    await this.#ask({ type: "drop", server });
  }

  /** Gives a further address of the server, with TLS. */
  async listenTls(certificate: Certificate, server = 0): Promise<string> {
    return await this.#ask({ type: "tls", server, ...certificate }) as string;
  }

  /** Gives a further address of the server, behind a relay. */
  async listenRelayed(server = 0): Promise<string> {
    return await this.#ask({ type: "relay", server }) as string;
  }

  /** Connections over the relay lose all that comes, without a word; new ones do not. */
  async swallow(server = 0): Promise<void> {
    await this.#ask({ type: "swallow", server });
  }

  /** How many connections the relay had, and has. */
  async relayed(server = 0): Promise<readonly [accepted: number, open: number]> {
    return await this.#ask({ type: "relayed", server }) as [number, number];
  }

  /** Ends one server; its address is free then. */
  async stop(server = 0): Promise<void> {
    await this.#ask({ type: "stop", server });
  }

  /** Starts a server anew that was stopped, with nothing it knew. */
  async restart(server = 0): Promise<void> {
    await this.#ask({ type: "start", server, bare: true, port: Number(this.addresses[server]!.split(":")[1]) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#child, "close");
    this.#child.stdin.end();
    await closed;
  }

  async #ask(order: ServerOrder): Promise<unknown> {
    const answer = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    return JSON.parse(await answer);
  }

  #read(text: string): void {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop()!;
    for (const line of lines) this.#waiting.shift()!(line);
  }
}
