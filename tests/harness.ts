/** One test file, three runtimes: `Deno.test` with its sanitizers in Deno, `node:test` in Bun and Node. */

export type Runtime = "deno" | "bun" | "node";
export const runtime: Runtime = "Deno" in globalThis ? "deno" : "Bun" in globalThis ? "bun" : "node";

export interface TestOptions {
  /** Why the test can't run here; the test then counts as skipped. */
  readonly skip?: string | undefined;
  /** Where the test runs, if it is not about us: what a Java program does is the same whatever runtime starts it. @default {all three} */
  readonly runtimes?: readonly Runtime[];
  /** A test that takes longer fails, and the next one runs. @default {120_000} */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 120_000;

const nodeTest = runtime === "deno" ? undefined : (await import("node:test")).test;

/** Registers a test. In Deno every operation, resource and timer it starts must have ended with it. */
export function test(name: string, fn: () => void | Promise<void>, options: TestOptions = {}): void {
  if (options.runtimes?.includes(runtime) === false) return;
  const title = options.skip === undefined ? name : `${name} [skipped: ${options.skip}]`;
  const ignore = options.skip !== undefined;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  if (nodeTest) nodeTest(title, { skip: ignore, timeout: timeoutMs }, fn);
  else Deno.test({ name: title, ignore, fn: () => limited(name, fn, timeoutMs), sanitizeOps: true, sanitizeResources: true });
}

/** What `fn` gives, or an error with the test's name: Deno itself would wait for ever. */
export async function limited(name: string, fn: () => void | Promise<void>, timeoutMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Test "${name}" is not over after ${timeoutMs} ms`)), timeoutMs);
    Deno.unrefTimer(timer as unknown as number); // a test that waits for nothing that could still come fails at once, as it does without a limit
  });
  try {
    await Promise.race([fn(), late]);
  } finally {
    clearTimeout(timer);
  }
}
