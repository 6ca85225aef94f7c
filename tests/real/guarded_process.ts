import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** How a {@link GuardedProcess} starts. */
export interface GuardedProcessOptions {
  /** Where its folder is made. */
  readonly parentFolder: string;
  /** Command and arguments, from the folder the process was given. */
  readonly command: (folder: string) => readonly string[];
  /** @default {that of this process} */
  readonly env?: Environment;
}

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A child process with a folder of its own, which both end with this process, however that ends.
 *
 * The shell that becomes the child leaves a watchdog behind, which reads from a pipe that only this process holds open. The system closes
 * the pipe when this process exits, throws, is interrupted or killed by signal 9; the watchdog then kills the child and removes the
 * folder. The child is in a process group of its own, so Ctrl-C in a terminal reaches it this way too.
 */
export class GuardedProcess implements AsyncDisposable {
  /** Holds `out.log`, and whatever the process puts there. Removed by {@link stop}. */
  readonly folder: string;
  /** Of the child itself, not of a shell around it. */
  readonly pid: number;
  /** Resolves when the child has ended, by itself or not. */
  readonly exited: Promise<void>;
  readonly #child: ChildProcess;

  constructor(options: GuardedProcessOptions) {
    this.folder = mkdtempSync(join(options.parentFolder, "rmq-real-"));
    this.#child = spawn("/bin/sh", ["-c", GUARD, this.folder, ...options.command(this.folder)], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      env: { ...options.env ?? process.env },
    });
    this.pid = this.#child.pid!; // given unless there is no sh, and then there is no real tier
    this.exited = once(this.#child, "close").then(() => {});
  }

  /** Whether the child still runs; a frozen one does. */
  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The exit code, or the name of the signal that ended the child; `undefined` while it runs. */
  get exitStatus(): number | string | undefined {
    return this.#child.exitCode ?? this.#child.signalCode ?? undefined;
  }

  /** What the child has written so far. */
  get log(): string {
    return readFileSync(join(this.folder, "out.log"), "utf8");
  }

  /** Sends a signal; does nothing once the child has ended. */
  kill(signal: NodeJS.Signals): void {
    if (this.running) process.kill(this.pid, signal);
  }

  /** Lets this process end, and so end the child, without waiting for it. */
  unref(): void {
    this.#child.unref();
    (this.#child.stdin as { unref?: () => void } | null)?.unref?.();
  }

  /** Kills the child, waits for its end, and removes its folder. */
  async stop(): Promise<void> {
    this.kill("SIGKILL");
    await this.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}

/**
 * `$0` is the folder, `$@` the command, descriptor 3 the pipe. `exec` keeps the pid, so `$$` is the child's. When the child has ended by
 * itself, there is nobody to kill and the folder is left to `stop()`. A second is ample for a killed JVM to go; then its files follow.
 */
const GUARD = `
exec 3<&0 </dev/null >"$0/out.log" 2>&1
(read -r line <&3; kill -KILL $$ 2>/dev/null && { sleep 1; rm -rf "$0"; }) &
exec "$@" 3<&-
`;
