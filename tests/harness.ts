/** One test file, three runtimes: `Deno.test` with its sanitizers in Deno, `node:test` in Bun and Node. */

export type Runtime = "deno" | "bun" | "node";
export const runtime: Runtime = "Deno" in globalThis ? "deno" : "Bun" in globalThis ? "bun" : "node";

export interface TestOptions {
  /** Why the test can't run here; the test then counts as skipped. */
  readonly skip?: string | undefined;
  /** Where the test runs, if it is not about us: what a Java program does is the same whatever runtime starts it. @default {all three} */
  readonly runtimes?: readonly Runtime[];
  /** For tests that take long: Bun ends a test after five seconds otherwise, and kills its processes. Deno has no limit. */
  readonly timeoutMs?: number;
}

const nodeTest = runtime === "deno" ? undefined : (await import("node:test")).test;

/** Registers a test. In Deno every operation, resource and timer it starts must have ended with it. */
export function test(name: string, fn: () => void | Promise<void>, options: TestOptions = {}): void {
  if (options.runtimes?.includes(runtime) === false) return;
  const title = options.skip === undefined ? name : `${name} [skipped: ${options.skip}]`;
  const ignore = options.skip !== undefined;
  if (nodeTest) nodeTest(title, { skip: ignore, ...options.timeoutMs && { timeout: options.timeoutMs } }, fn);
  else Deno.test({ name: title, ignore, fn, sanitizeOps: true, sanitizeResources: true });
}
