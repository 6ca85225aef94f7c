import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { RuntimeName } from "./host.ts";

/** A runtime that can run a bench, here. */
export interface Runtime {
  /** Which. */
  readonly name: RuntimeName;
  /** Its own words: `"2.9.6"`. */
  readonly version: string;
  /**
   * The command that runs a script of this folder. Node gets one file of JavaScript, as its users do: they install a built package, and a loader
   * that keeps function names would slow every closure down.
   */
  command(script: URL, options: CommandOptions): Promise<readonly string[]>;
}

/** How a bench is run. */
export interface CommandOptions {
  /** Where files may be left that live as long as the run. */
  readonly folder: string;
  /** Where Node leaves a profile of where its time went; the others have none. */
  readonly profile?: string | undefined;
}

/** Finds a runtime, or fetches it with `npx`; gives nothing where it cannot be had. Deno only. */
export async function findRuntime(name: RuntimeName): Promise<Runtime | undefined> {
  const program = name === "deno" ? Deno.execPath() : await findProgram(name);
  if (program === undefined) return undefined;
  const version = (await output([program, "--version"]))?.match(/\d+\.\d+\.\d+\S*/)?.[0] ?? "unknown";
  return { name, version, command: (script, options) => command(name, program, script, options) };
}

async function findProgram(name: "bun" | "node"): Promise<string | undefined> {
  if (await output([name, "--version"]) !== undefined) return name;
  // The program itself and not npx, which would not pass a signal on to it.
  return (await output(["npx", "-y", name === "bun" ? "bun@1" : "node@22", "-p", "process.execPath"]))?.trim();
}

async function command(name: RuntimeName, program: string, script: URL, { folder, profile }: CommandOptions): Promise<readonly string[]> {
  const path = fileURLToPath(script);
  if (name === "deno") return [program, "run", "-A", "--quiet", path];
  if (name === "bun") return [program, path];
  const bundle = `${folder}/${basename(path, ".ts")}.mjs`;
  const args = ["bundle", "--quiet", "--platform", "deno", "-o", bundle, path];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`Cannot bundle "${path}" for Node: ${new TextDecoder().decode(stderr)}`);
  return [program, ...(profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`]), bundle];
}

/** What a command prints; nothing where it fails or does not exist. */
async function output([program, ...args]: readonly string[]): Promise<string | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(program!, { args, stderr: "null" }).output();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
