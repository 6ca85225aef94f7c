import type { SocketAdapter } from "./socket.ts";

/** What tells the runtimes apart. */
interface RuntimeGlobals {
  readonly Bun?: unknown;
  readonly Deno?: unknown;
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/**
 * The socket adapter of the runtime that runs this: Deno, Bun or Node. Nothing of the other runtimes is loaded.
 *
 * @param globals The runtime's global object.
 * @throws {TypeError} Where there is none: in workerd, whose `connect` has to be passed in, and in browsers.
 */
export async function detectAdapter(globals: object = globalThis): Promise<SocketAdapter> {
  const { Bun, Deno, navigator, process } = globals as RuntimeGlobals;
  if (Deno !== undefined) return (await import("./deno.ts")).denoAdapter;
  if (Bun !== undefined) return (await import("./bun.ts")).bunAdapter;
  // workerd with `nodejs_compat` has `process`, too.
  const isWorkerd = navigator?.userAgent === "Cloudflare-Workers";
  if (!isWorkerd && process?.versions?.node !== undefined) return (await import("./node.ts")).nodeAdapter;
  throw new TypeError(
    "Cannot find sockets in this runtime: pass the option adapter, as edgeAdapter(connect) with connect of cloudflare:sockets",
  );
}
