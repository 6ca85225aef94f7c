/**
 * What a bench asks of the runtime it runs in, the same in Deno, Bun and Node.
 *
 * @module
 */

/** The runtimes that the benches know. */
export type RuntimeName = "deno" | "bun" | "node";

interface Host {
  readonly Deno?: unknown;
  readonly Bun?: unknown;
  readonly process: {
    readonly argv: readonly string[];
    cpuUsage(): { readonly user: number; readonly system: number };
    exit(status: number): never;
  };
}

const host = globalThis as unknown as Host;

/** The runtime that runs this. */
export const runtime: RuntimeName = host.Deno !== undefined ? "deno" : host.Bun !== undefined ? "bun" : "node";

/** Seconds of processor time that this process has used, all its threads together. */
export function cpuSeconds(): number {
  const { user, system } = host.process.cpuUsage();
  return (user + system) / 1e6;
}

/** The arguments behind the script's name. */
export function programArgs(): readonly string[] {
  return host.process.argv.slice(2);
}

/** Prints what a bench found, for `run.ts` to read, and ends the process. */
export function finish(result: unknown): never {
  console.log(JSON.stringify(result));
  return host.process.exit(0);
}
