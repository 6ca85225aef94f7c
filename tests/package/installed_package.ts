/** The package that `deno task build` makes, in a project of its own. For tests that run in Deno, which builds it. */

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Runtime } from "../harness.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);
/** A program that does not end by itself is killed, and counts as failed. */
const LIMIT = { timeout: 50_000, killSignal: "SIGKILL" } as const;

/** A project whose only dependency is the built package. */
export interface InstalledPackage {
  /** The package's folder. */
  readonly built: string;
  /** What a program prints until it ends by itself. In Deno it may use the network, and nothing else. */
  run(runtime: Runtime, name: string, ...args: readonly string[]): Promise<string>;
  /** What an executable in the project prints until it ends by itself. */
  execute(name: string, ...args: readonly string[]): Promise<string>;
  /** Adds a file. */
  write(name: string, source: string): Promise<void>;
  /** What the compiler says of a file in the project and of what it imports, an error each. @param lib Declarations that it has of JavaScript and the platform. */
  tsc(name: string, lib: string): Promise<readonly string[]>;
  /** Makes one file of a program and all it imports. */
  esbuild(name: string, ...options: readonly string[]): Promise<void>;
  /** Makes an executable of a program, with Bun in it. */
  compile(name: string, executable: string): Promise<void>;
}

let project: Promise<InstalledPackage> | undefined;

/** Builds it once for all tests of a file, and puts it where Node, Bun and Deno find it. It goes with the last test. */
export function installedPackage(): Promise<InstalledPackage> {
  return project ??= install();
}

async function install(): Promise<InstalledPackage> {
  const folder = mkdtempSync(join(tmpdir(), "rmq-package-"));
  globalThis.addEventListener("unload", () => rmSync(folder, { recursive: true })); // Deno tells no "exit" behind tests
  const [built, modules] = [join(folder, "built"), join(folder, "node_modules/@rmq")];
  const inProject = async ([command, ...args]: readonly string[]): Promise<string> =>
    (await run(command!, args, { cwd: folder, ...LIMIT })).stdout;
  // Not through npx each time: if it had to be killed, what it runs would stay.
  const bun = (await run("npx", ["-y", "bun@1", "--print", "process.execPath"])).stdout.trim();
  const programs: Readonly<Record<Runtime, readonly string[]>> = {
    deno: [process.execPath, "run", "--no-prompt", "--allow-net"],
    bun: [bun, "run"],
    node: ["node"],
  };
  await run(process.execPath, ["run", "--allow-all", "scripts/build_npm.ts", built], { cwd: root });
  await symlink(join(root, "node_modules"), join(built, "node_modules"));
  await mkdir(modules, { recursive: true });
  await symlink(built, join(modules, "nameserver"));
  await writeFile(join(folder, "package.json"), `{ "type": "module" }`);
  return {
    built,
    run: (runtime, name, ...args) => inProject([...programs[runtime], name, ...args]),
    execute: (name, ...args) => inProject([join(folder, name), ...args]),
    write: (name, source) => writeFile(join(folder, name), source),
    tsc: async (name, lib) => {
      const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--lib", lib, name];
      const said = await inProject([join(root, "node_modules/.bin/tsc"), ...options]).catch(({ stdout }) => stdout as string);
      return said.split("\n").filter((line) => /^\S/.test(line)); // what goes on is indented
    },
    esbuild: async (name, ...options) => {
      await inProject([join(root, "node_modules/.bin/esbuild"), name, "--bundle", "--platform=node", ...options]);
    },
    compile: async (name, executable) => {
      await inProject([bun, "build", "--compile", "--minify", name, `--outfile=${executable}`]);
    },
  };
}
