import { run } from "./run.ts";

/** Brings what Bun and Node take from `node_modules`, unless it is there already; Deno needs nothing of it. */
export async function installDependencies(): Promise<void> {
  const lock = await Deno.readTextFile("package-lock.json");
  const installed = await Deno.readTextFile(STAMP).catch(() => "");
  if (installed === lock) return;
  console.log("Installing what the tests in Bun and Node import (npm ci) …");
  await run("npm", ["ci", "--no-audit", "--no-fund"], { failure: "Cannot install: npm ci failed" });
  await Deno.writeTextFile(STAMP, lock);
}

const STAMP = "node_modules/.installed-from";
