import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { once } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { runtime } from "../harness.ts";
import type { Ended } from "./namesrv.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const LONGEST_MS = 60_000;

// No more than the help says: Deno would ask for what else is wanted, and with --no-prompt it fails
const FLAGS = {
  deno: ["run", "--no-prompt", "--allow-net", "--allow-env=NAMESRV_ADDR"],
  bun: ["run"],
  node: ["--import", "tsx"],
};

/** How the program is started, and read. */
export interface ProgramOptions {
  /** Its `NAMESRV_ADDR`. */
  readonly addresses?: string;
  /** Closes its standard output after the first piece, as `head -1` does. */
  readonly readsOnePiece?: boolean;
  /** The file that its standard output goes to. @default {it is read} */
  readonly output?: string;
}

/** Runs src/cli.ts as a user does: a process of its own, in the runtime that runs the test. */
export async function program(
  args: readonly string[],
  { addresses, readsOnePiece = false, output: file }: ProgramOptions = {},
): Promise<Ended> {
  const { NAMESRV_ADDR: _, ...rest } = process.env;
  const handle = file === undefined ? undefined : await open(file, "w");
  const child = spawn(process.execPath, [...FLAGS[runtime], "src/cli.ts", ...args], {
    cwd: ROOT,
    env: { ...rest, NO_COLOR: "1", ...(addresses !== undefined && { NAMESRV_ADDR: addresses }) },
    stdio: ["ignore", handle?.fd ?? "pipe", "pipe"],
    timeout: LONGEST_MS,
    killSignal: "SIGKILL",
  });
  if (readsOnePiece) child.stdout!.once("data", () => child.stdout!.destroy());
  const ended = once(child, "close");
  const [output, errors] = await Promise.all([readsOnePiece || child.stdout === null ? "" : text(child.stdout), text(child.stderr!)]);
  const [status] = await ended;
  await handle?.close();
  return { status: status as number, output, errors };
}
