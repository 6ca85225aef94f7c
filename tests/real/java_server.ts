import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isFree } from "./free_port.ts";
import { GuardedProcess } from "./guarded_process.ts";
import { ensureJars } from "./jars.ts";
import { QUICK_START } from "./quick_start.ts";
import type { RocketMqVersion } from "./versions.ts";

/** Values of a server's configuration file. */
export type ServerConfig = Readonly<Record<string, string | number | boolean>>;

/** What every server is started with. */
export interface ServerOptions {
  readonly version: RocketMqVersion;
  /** Where to listen, on 127.0.0.1; give the port of a server that was stopped to start another in its place. @default {a free one} */
  readonly port?: number;
  /** Further lines of the configuration file; they win over the starter's own. */
  readonly config?: ServerConfig;
  /** Further options of the JVM, such as `-Drocketmq.serialize.type=ROCKETMQ`; they win too. */
  readonly jvmOptions?: readonly string[];
  /** Whether it serves, where it does not understand the usual question, which is a plain one. */
  readonly isReady?: (address: string) => Promise<boolean>;
}

/** A program of RocketMQ, and what the starter of its kind says about it. */
export interface JavaProgram {
  /** `"namesrv"` or `"broker"`. */
  readonly kind: string;
  readonly mainClass: string;
  readonly port: number;
  /** The configuration, from the folder for its data. */
  readonly config: (dataFolder: string) => ServerConfig;
  readonly jvmOptions: readonly string[];
  /** Whether it serves. Asked again and again; an error counts as no. */
  readonly isReady: (address: string) => Promise<boolean>;
}

/** A real NameServer or broker in a JVM of its own, with empty data; it ends when this process ends, however that comes about. */
export class JavaServer implements AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly address: string;
  readonly port: number;
  readonly #process: GuardedProcess;

  private constructor(process: GuardedProcess, port: number) {
    this.#process = process;
    this.port = port;
    this.address = `127.0.0.1:${port}`;
  }

  /**
   * Starts a program and waits until it serves.
   *
   * @throws {Error} When its port is taken; when it ends instead, or is not ready within two minutes: with the end of its log.
   */
  static async start(program: JavaProgram, options: ServerOptions): Promise<JavaServer> {
    // whoever listens there would be taken for the new server
    if (!await isFree(program.port)) throw new Error(`Cannot start ${program.kind}: port ${program.port} is taken`);
    const jars = await ensureJars(options.version);
    const process = new GuardedProcess({
      parentFolder: tmpdir(),
      command: (folder) => ["java", ...QUICK_START, ...OPEN_DOORS, ...program.jvmOptions, ...layOut(folder, jars, program, options)],
    });
    const server = new JavaServer(process, program.port);
    try {
      await server.#ready(program, options.version);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  /** Of the JVM. */
  get pid(): number {
    return this.#process.pid;
  }

  /** Resolves when the JVM has ended, by itself or not. */
  get exited(): Promise<void> {
    return this.#process.exited;
  }

  /** Sends a signal: `SIGTERM` asks for an orderly shutdown, which takes seconds, `SIGKILL` pulls the plug. Then await {@link exited}. */
  kill(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Stops the JVM in its tracks: the system goes on accepting connections for it, and nobody answers. */
  freeze(): void {
    this.kill("SIGSTOP");
  }

  /** Lets a frozen JVM go on. */
  thaw(): void {
    this.kill("SIGCONT");
  }

  /** Lets this process end without waiting for the JVM, which ends with it. */
  unref(): void {
    this.#process.unref();
  }

  /** Pulls the plug (nothing is worth saving), waits for the end and removes the data. Does no harm twice. */
  stop(): Promise<void> {
    return this.#process.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #ready(program: JavaProgram, version: RocketMqVersion): Promise<void> {
    const deadline = performance.now() + READY_MS;
    while (!await program.isReady(this.address).catch(() => false)) {
      const late = performance.now() > deadline;
      if (late || !this.#process.running) {
        const what = late ? `not ready after ${READY_MS} ms` : `ended with ${this.#process.exitStatus}`;
        throw new Error(`Cannot start ${program.kind} ${version} at "${this.address}": ${what}\n${this.#process.log.slice(-2000)}`);
      }
      await delay(POLL_MS);
    }
  }
}

const READY_MS = 120_000;
const POLL_MS = 50;

/** The doors into the JDK that RocketMQ uses, which Java 8 does not know of. */
const OPEN_DOORS: readonly string[] = [
  "-XX:+IgnoreUnrecognizedVMOptions",
  "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
  ...["java.lang", "java.nio", "jdk.internal.ref", "sun.nio.ch"].map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
];

/** Writes what the program reads at its start, and gives the rest of its command line. */
function layOut(folder: string, jars: string, program: JavaProgram, options: ServerOptions): readonly string[] {
  const data = join(folder, "data");
  const conf = join(folder, "conf");
  for (const each of [data, conf]) mkdirSync(each);
  // 4.9.x does not start without this one; 5.x logs below user.home as its jars say
  writeFileSync(join(conf, `logback_${program.kind}.xml`), LOGBACK);
  const file = join(conf, `${program.kind}.conf`);
  const lines = Object.entries({ listenPort: program.port, ...program.config(data), ...options.config });
  writeFileSync(file, lines.map(([key, value]) => `${key}=${value}\n`).join(""));
  const properties = [`-Duser.home=${folder}`, `-Drocketmq.home.dir=${folder}`, `-Djava.io.tmpdir=${data}`];
  return [...properties, ...options.jvmOptions ?? [], "-cp", join(jars, "*"), program.mainClass, "-c", file];
}

const LOGBACK = `<configuration>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%d %p %m%n</pattern></encoder></appender>
  <root level="WARN"><appender-ref ref="out"/></root>
</configuration>
`;
