import { realpathSync } from "node:fs";
import process from "node:process";
import { pathToFileURL } from "node:url";

/**
 * Whether a module is the program that the runtime was started with.
 *
 * @param meta Its `import.meta`.
 * @param script What Node was told to run.
 */
export function isMain(meta: { readonly url: string; readonly main?: boolean }, script: string | undefined = process.argv[1]): boolean {
  // Deno, Bun and Node from 24.2 on know it. For Node before, the script may be a link, as those in node_modules/.bin are.
  return meta.main ?? (script !== undefined && urlOf(script) === meta.url);
}

/** Nothing for what is no file: Node also runs scripts by name without their extension, and this is no reason to fail. */
function urlOf(script: string): string | undefined {
  try {
    return pathToFileURL(realpathSync(script)).href;
  } catch {
    return undefined;
  }
}
